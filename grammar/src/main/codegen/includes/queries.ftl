<#-- DuckDB's expression syntax, through the hooks of Calcite's template. -->
<DEFAULT, DQID, BTID, BQID, BQHID> TOKEN :
{
    < DOLLAR_QUOTED: "$$" ( ~["$"] | "$" ~["$"] )* "$$" >
|   < NEGATE: "!" >
|   < TILDE: "~" >
|   < LAMBDA_WORD: "LAMBDA" >
}

SqlNode DollarQuoted() : { }
{
    <DOLLAR_QUOTED> {
        return SqlLiteral.createCharString(token.image.substring(2, token.image.length() - 2), getPos());
    }
}

SqlNode ListLiteral() :
{
    final Span s;
    final List<SqlNode> elements = new ArrayList<SqlNode>();
}
{
    <LBRACKET> { s = span(); }
    [
        AddExpression(elements, ExprContext.ACCEPT_NON_QUERY)
        ( <COMMA> AddExpression(elements, ExprContext.ACCEPT_NON_QUERY) )*
    ]
    <RBRACKET> { return SqlStdOperatorTable.ARRAY_VALUE_CONSTRUCTOR.createCall(s.end(this), elements); }
}

void BraceEntry(List<SqlNode> entries) :
{
    final SqlNode key;
    final SqlNode value;
}
{
    ( key = NumericLiteral() | key = StringLiteral() | key = SimpleIdentifier() )
    <COLON>
    value = Expression(ExprContext.ACCEPT_SUB_QUERY) { entries.add(key); entries.add(value); }
}

SqlNode StructLiteral() :
{
    final Span s;
    final List<SqlNode> entries = new ArrayList<SqlNode>();
}
{
    <LBRACE> { s = span(); }
    BraceEntry(entries) ( <COMMA> BraceEntry(entries) )*
    <RBRACE> { return DuckOperators.STRUCT.createCall(s.end(this), entries); }
}

SqlNode MapLiteral() :
{
    final Span s;
    final List<SqlNode> entries = new ArrayList<SqlNode>();
}
{
    <MAP> { s = span(); }
    <LBRACE> [ BraceEntry(entries) ( <COMMA> BraceEntry(entries) )* ] <RBRACE>
    { return SqlStdOperatorTable.MAP_VALUE_CONSTRUCTOR.createCall(s.end(this), entries); }
}

SqlNode PythonLambda() :
{
    final Span s;
    final List<SqlNode> parameters = new ArrayList<SqlNode>();
    SqlIdentifier parameter;
    final SqlNode body;
}
{
    <LAMBDA_WORD> { s = span(); }
    parameter = SimpleIdentifier() { parameters.add(parameter); }
    ( <COMMA> parameter = SimpleIdentifier() { parameters.add(parameter); } )*
    <COLON>
    body = Expression(ExprContext.ACCEPT_SUB_QUERY)
    { return new SqlLambda(s.end(this), new SqlNodeList(parameters, s.pos()), body); }
}

void InfixCast(List<Object> list, ExprContext exprContext, Span s) :
{
    final SqlDataTypeSpec type;
}
{
    <INFIX_CAST> { checkNonQueryExpression(exprContext); }
    type = DataType() {
        list.add(new SqlParserUtil.ToTreeListItem(SqlLibraryOperators.INFIX_CAST, s.pos()));
        list.add(type);
    }
}

void DuckBinary(List<Object> list, ExprContext exprContext, Span s) :
{
    final SqlOperator operator;
}
{
    (
        <LAMBDA> { operator = DuckOperators.JSON_GET; }
    |   <JSON_TEXT> { operator = DuckOperators.JSON_GET_TEXT; }
    |   <VERTICAL_BAR> { operator = DuckOperators.BIT_OR; }
    |   <INTEGER_DIVIDE> { operator = DuckOperators.INTEGER_DIVIDE; }
    |   <GLOB> { operator = DuckOperators.GLOB; }
    )
    {
        checkNonQueryExpression(exprContext);
        list.add(new SqlParserUtil.ToTreeListItem(operator, getPos()));
    }
    AddExpression2b(list, ExprContext.ACCEPT_SUB_QUERY)
}

void AtTimeZone(List<Object> list, ExprContext exprContext, Span s) : { }
{
    <AT> <TIME> <ZONE> {
        checkNonQueryExpression(exprContext);
        list.add(new SqlParserUtil.ToTreeListItem(DuckOperators.AT_TIME_ZONE, getPos()));
    }
    AddExpression2b(list, ExprContext.ACCEPT_SUB_QUERY)
}

void Collate(List<Object> list, ExprContext exprContext, Span s) :
{
    final SqlIdentifier collation;
}
{
    <COLLATE> { checkNonQueryExpression(exprContext); }
    collation = SimpleIdentifier()
    {
        list.add(new SqlParserUtil.ToTreeListItem(DuckOperators.COLLATE, s.pos()));
        list.add(collation);
    }
}

JoinType SemiJoin() : { }
{
    <SEMI> <JOIN> { return JoinType.LEFT_SEMI_JOIN; }
}

JoinType AntiJoin() : { }
{
    <ANTI> <JOIN> { return JoinType.LEFT_ANTI_JOIN; }
}
