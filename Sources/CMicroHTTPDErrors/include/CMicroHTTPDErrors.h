#pragma once
#include <microhttpd.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What libmicrohttpd answers itself, to requests that it can't read, goes out as a status line and an empty body, once.
   Left to itself, 0.9.75 sends the header of such an answer twice where it rejects a Content-Length: it queues the
   answer, builds the header, and then goes on with the request as if it were well, and builds it again.

   For that this target defines `MHD_queue_response`, which the dynamic linker then binds libmicrohttpd's own calls to as
   well. Where it doesn't, libmicrohttpd answers as it always did. Tried with 0.9.75 alone, which Debian 12 has: whoever builds
   with another runs HTTPTransportTests, MalformedRequestTests among them, which count the headers.  */

/* As `MHD_queue_response` of libmicrohttpd: what is queued by it goes out as it is. */
enum MHD_Result martlet_queue_response(struct MHD_Connection *connection, unsigned int status,
                                       struct MHD_Response *response);

#ifdef __cplusplus
}
#endif
