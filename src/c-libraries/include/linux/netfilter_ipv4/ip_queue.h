/*
 * What libipq gives to programs: the messages of the kernel's ip_queue, which went with Linux 3.5. libipq fills them from what
 * nfnetlink_queue has for it. Installed with libipq, since the kernel has this header no more.
 */
#ifndef _IP_QUEUE_H
#define _IP_QUEUE_H

#include <net/if.h>
#include <stddef.h>

/* A queued packet. Behind it stand data_len bytes of it, from its IP header on. */
typedef struct ipq_packet_msg {
	unsigned long packet_id;           /* what a verdict names it by */
	unsigned long mark;                /* its mark */
	long timestamp_sec;                /* when it came in, in seconds since 1970; 0 for a packet of this machine */
	long timestamp_usec;               /* and microseconds */
	unsigned int hook;                 /* the hook that queued it, NF_IP_... */
	char indev_name[IFNAMSIZ];         /* the interface it came in by, or "" */
	char outdev_name[IFNAMSIZ];        /* the interface it goes out by, or "" */
	unsigned short hw_protocol;        /* ETH_P_..., in network byte order */
	unsigned short hw_type;            /* ARPHRD_... */
	unsigned char hw_addrlen;          /* bytes in use of the next */
	unsigned char hw_addr[8];          /* the sender's hardware address */
	size_t data_len;
	__extension__ unsigned char payload[0];
} ipq_packet_msg_t;

/* What a program says to the queue. */
typedef struct ipq_mode_msg {
	unsigned char value;               /* IPQ_COPY_... */
	size_t range;                      /* bytes of each packet */
} ipq_mode_msg_t;

typedef struct ipq_verdict_msg {
	unsigned int value;                /* NF_ACCEPT, NF_DROP, ... */
	unsigned long id;
	size_t data_len;                   /* bytes of the packet that takes the old one's place; 0: it stays */
	__extension__ unsigned char payload[0];
} ipq_verdict_msg_t;

typedef struct ipq_peer_msg {
	union {
		ipq_verdict_msg_t verdict;
		ipq_mode_msg_t mode;
	} msg;
} ipq_peer_msg_t;

/* How much of a packet is wanted. */
enum {
	IPQ_COPY_NONE,
	IPQ_COPY_META,
	IPQ_COPY_PACKET
};
#define IPQ_COPY_MAX IPQ_COPY_PACKET

/* Types of messages, in nlmsg_type. */
#define IPQM_BASE 0x10
#define IPQM_MODE (IPQM_BASE + 1)
#define IPQM_VERDICT (IPQM_BASE + 2)
#define IPQM_PACKET (IPQM_BASE + 3)
#define IPQM_MAX (IPQM_BASE + 4)

#endif
