/* What the kernel's headers of ip_tables and ip6_tables count on. */
#ifndef _IPTC_KERNEL_HEADERS_H
#define _IPTC_KERNEL_HEADERS_H

#include <limits.h>
#include <netinet/ip.h>
#include <netinet/in.h>
#include <netinet/ip_icmp.h>
#include <netinet/tcp.h>
#include <netinet/udp.h>
#include <net/if.h>
#include <sys/types.h>

#endif
