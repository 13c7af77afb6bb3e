package dev.sluice.catalog;

import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.rest.auth.AuthProperties;
import org.apache.iceberg.rest.auth.OAuth2Properties;

/** A REST catalog's place and who calls, in the properties of Iceberg's own client. */
final class RestSettings {
    private RestSettings() {}

    static Map<String, String> of(CatalogConfig.Home.Rest home) {
        var settings = new HashMap<>(auth(home.auth()));
        settings.put(CatalogProperties.URI, home.uri().toString());
        home.warehouse().ifPresent(name -> settings.put(CatalogProperties.WAREHOUSE_LOCATION, name));
        return settings;
    }

    private static Map<String, String> auth(CatalogConfig.Auth auth) {
        return switch (auth) {
            case CatalogConfig.Auth.None _ -> Map.of(AuthProperties.AUTH_TYPE, AuthProperties.AUTH_TYPE_NONE);
            case CatalogConfig.Auth.Bearer(var token) ->
                Map.of(
                        AuthProperties.AUTH_TYPE,
                        AuthProperties.AUTH_TYPE_OAUTH2,
                        OAuth2Properties.TOKEN,
                        token,
                        OAuth2Properties.TOKEN_REFRESH_ENABLED,
                        "false");
            case CatalogConfig.Auth.ClientCredentials oauth -> {
                var settings = new HashMap<>(Map.of(
                        AuthProperties.AUTH_TYPE,
                        AuthProperties.AUTH_TYPE_OAUTH2,
                        OAuth2Properties.OAUTH2_SERVER_URI,
                        oauth.tokenEndpoint().toString(),
                        OAuth2Properties.CREDENTIAL,
                        oauth.clientId() + ":" + oauth.clientSecret(),
                        // a new token is asked for as the first one was, which every server can do
                        OAuth2Properties.TOKEN_EXCHANGE_ENABLED,
                        "false"));
                oauth.scope().ifPresent(scope -> settings.put(OAuth2Properties.SCOPE, scope));
                yield settings;
            }
        };
    }
}
