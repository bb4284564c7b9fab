/** In the place of AWS Glue's library, for processes that run a packaged job on this machine. */
package com.amazonaws.services.glue;
