/** What the Glue runtime needs of AWS Glue's library to be compiled, as AWS documents it; on Glue its own classes serve. */
package com.amazonaws.services.glue;
