/* libipq: packets that -j QUEUE hands to a program. See libipq(3). New programs are better off with libnetfilter_queue. */
#ifndef _LIBIPQ_H
#define _LIBIPQ_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <sys/socket.h>
#include <linux/netlink.h>
#include <linux/netfilter.h>
#include <linux/netfilter_ipv4/ip_queue.h>

#ifdef __cplusplus
extern "C" {
#endif

#define LIBIPQ_VERSION "libipq 1.8.10"

typedef unsigned long ipq_id_t;

struct ipq_handle {
	int fd;                            /* for poll(2) */
	uint8_t blocking;
	struct sockaddr_nl local;
	struct sockaddr_nl peer;
};

/* protocol: PF_INET or PF_INET6; flags: 0. NULL: see ipq_errstr(). */
struct ipq_handle *ipq_create_handle(uint32_t flags, uint32_t protocol);

int ipq_destroy_handle(struct ipq_handle *h);

/*
 * Waits for a message, at most timeout microseconds; 0: as long as it takes; less: not at all. Gives the bytes of the message, 0 if none
 * came, -1 for an error.
 */
ssize_t ipq_read(const struct ipq_handle *h, unsigned char *buf, size_t len, int timeout);

/* mode: IPQ_COPY_META or IPQ_COPY_PACKET; range: bytes of a packet, 0: all. */
int ipq_set_mode(const struct ipq_handle *h, uint8_t mode, size_t len);

ipq_packet_msg_t *ipq_get_packet(const unsigned char *buf);

/* IPQM_PACKET or NLMSG_ERROR. */
int ipq_message_type(const unsigned char *buf);

/* The errno of an NLMSG_ERROR. */
int ipq_get_msgerr(const unsigned char *buf);

/* data_len 0: the packet stays as it is. */
int ipq_set_verdict(const struct ipq_handle *h, ipq_id_t id, unsigned int verdict, size_t data_len, unsigned char *buf);

/* Kept for programs that call it: there is nothing to control, and it gives 1. */
int ipq_ctl(const struct ipq_handle *h, int request, ...);

/* The error of the call that failed last. */
char *ipq_errstr(void);
void ipq_perror(const char *s);

#ifdef __cplusplus
}
#endif

#endif
