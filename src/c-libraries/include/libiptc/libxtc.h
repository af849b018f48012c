/* Both families. */
#ifndef _LIBXTC_H
#define _LIBXTC_H

#include <libiptc/libiptc.h>
#include <libiptc/libip6tc.h>

#endif
