/** Objects in S3 and what speaks its protocol, over Amazon's SDK. Start at {@link dev.sluice.s3.S3Store}. */
@NullMarked
package dev.sluice.s3;

import org.jspecify.annotations.NullMarked;
