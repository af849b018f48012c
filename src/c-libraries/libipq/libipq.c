/*
 * libipq over nfnetlink_queue: what ip_queue was until Linux 3.5. -j QUEUE hands packets to queue 0, so that is the queue. A message of the
 * kernel's is rewritten into the one that ip_queue had for it.
 */
#include <arpa/inet.h>
#include <endian.h>
#include <errno.h>
#include <net/if_arp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <sys/uio.h>
#include <unistd.h>

#include <libipq.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_queue.h>

enum {
	IPQ_ERR_NONE = 0, IPQ_ERR_IMPL, IPQ_ERR_HANDLE, IPQ_ERR_SOCKET, IPQ_ERR_BIND, IPQ_ERR_BUFFER, IPQ_ERR_RECV, IPQ_ERR_NLEOF,
	IPQ_ERR_ADDRLEN, IPQ_ERR_STRUNC, IPQ_ERR_RTRUNC, IPQ_ERR_NLRECV, IPQ_ERR_SEND, IPQ_ERR_SUPP, IPQ_ERR_RECVBUF, IPQ_ERR_TIMEOUT,
	IPQ_ERR_PROTOCOL
};

struct ipq_errmap_t {
	int errcode;
	char *message;
} ipq_errmap[] = {
	{ IPQ_ERR_NONE, "Unknown error" },
	{ IPQ_ERR_IMPL, "Implementation error" },
	{ IPQ_ERR_HANDLE, "Unable to create netlink handle" },
	{ IPQ_ERR_SOCKET, "Unable to create netlink socket" },
	{ IPQ_ERR_BIND, "Unable to bind netlink socket" },
	{ IPQ_ERR_BUFFER, "Unable to allocate buffer" },
	{ IPQ_ERR_RECV, "Failed to receive netlink message" },
	{ IPQ_ERR_NLEOF, "Received EOF on netlink socket" },
	{ IPQ_ERR_ADDRLEN, "Invalid peer address length" },
	{ IPQ_ERR_STRUNC, "Sent message truncated" },
	{ IPQ_ERR_RTRUNC, "Received message truncated" },
	{ IPQ_ERR_NLRECV, "Received error from netlink" },
	{ IPQ_ERR_SEND, "Failed to send netlink message" },
	{ IPQ_ERR_SUPP, "Operation not supported" },
	{ IPQ_ERR_RECVBUF, "Receive buffer size invalid" },
	{ IPQ_ERR_TIMEOUT, "Timeout" },
	{ IPQ_ERR_PROTOCOL, "Invalid protocol specified" },
};

#define QUEUE 0
#define LARGEST_PACKET 0xffff

static int ipq_errno = IPQ_ERR_NONE;

static int fails(int error)
{
	ipq_errno = error;
	return -1;
}

/* A request to the queue, with at most two attributes; the second one's data are the caller's. */
struct request {
	struct nlmsghdr head;
	struct nfgenmsg queue;
	unsigned char first[NLA_ALIGN(NLA_HDRLEN + 8)];
	struct nlattr second;
};

static int ask(const struct ipq_handle *h, int type, int flags, int attribute, const void *value, size_t length,
	const void *payload, size_t payload_length)
{
	static unsigned char padding[NLA_ALIGNTO];
	struct request r = {
		.head = { .nlmsg_type = NFNL_SUBSYS_QUEUE << 8 | type, .nlmsg_flags = NLM_F_REQUEST | flags },
		.queue = { .nfgen_family = AF_UNSPEC, .version = NFNETLINK_V0, .res_id = htons(QUEUE) },
		.second = { .nla_len = NLA_HDRLEN + payload_length, .nla_type = NFQA_PAYLOAD },
	};
	size_t head = offsetof(struct request, first) + NLA_ALIGN(NLA_HDRLEN + length);
	struct iovec parts[] = {
		{ &r, head },
		{ &r.second, NLA_HDRLEN },
		{ (void *)payload, payload_length },
		{ padding, NLA_ALIGN(payload_length) - payload_length },
	};
	struct msghdr message = {
		.msg_name = (void *)&h->peer, .msg_namelen = sizeof h->peer, .msg_iov = parts, .msg_iovlen = payload_length ? 4 : 1,
	};
	struct nlattr *first = (struct nlattr *)r.first;
	first->nla_len = NLA_HDRLEN + length;
	first->nla_type = attribute;
	memcpy(first + 1, value, length);
	r.head.nlmsg_len = head + (payload_length ? NLA_HDRLEN + NLA_ALIGN(payload_length) : 0);
	ssize_t sent = sendmsg(h->fd, &message, 0);
	if (sent < 0)
		return fails(IPQ_ERR_SEND);
	return (size_t)sent == r.head.nlmsg_len ? 0 : fails(IPQ_ERR_STRUNC);
}

/* Takes the kernel's answer to a request that asked for one. */
static int answer(const struct ipq_handle *h)
{
	union {
		struct nlmsghdr head;
		unsigned char room[4096];
	} m;
	ssize_t length = recv(h->fd, &m, sizeof m, 0);
	if (length < 0)
		return fails(IPQ_ERR_RECV);
	if ((size_t)length < NLMSG_LENGTH(sizeof(struct nlmsgerr)) || m.head.nlmsg_type != NLMSG_ERROR)
		return fails(IPQ_ERR_RTRUNC);
	errno = -((struct nlmsgerr *)NLMSG_DATA(&m.head))->error;
	return errno ? fails(IPQ_ERR_NLRECV) : 0;
}

struct ipq_handle *ipq_create_handle(uint32_t flags, uint32_t protocol)
{
	(void)flags;
	struct ipq_handle *h = calloc(1, sizeof *h);
	if (!h) {
		fails(IPQ_ERR_HANDLE);
		return NULL;
	}
	h->fd = -1;
	if (protocol != PF_INET && protocol != PF_INET6) {
		fails(IPQ_ERR_PROTOCOL);
		goto failed;
	}
	h->blocking = 1;
	h->fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_NETFILTER);
	if (h->fd < 0) {
		fails(IPQ_ERR_SOCKET);
		goto failed;
	}
	socklen_t size = sizeof h->local;
	h->local.nl_family = h->peer.nl_family = AF_NETLINK;
	if (bind(h->fd, (struct sockaddr *)&h->local, size) || getsockname(h->fd, (struct sockaddr *)&h->local, &size)) {
		fails(IPQ_ERR_BIND);
		goto failed;
	}
	/* Nothing is queued before ipq_set_mode(), so what comes is the answer. */
	struct nfqnl_msg_config_cmd command = { .command = NFQNL_CFG_CMD_BIND };
	if (ask(h, NFQNL_MSG_CONFIG, NLM_F_ACK, NFQA_CFG_CMD, &command, sizeof command, NULL, 0) || answer(h))
		goto failed;
	return h;
failed:
	if (h->fd >= 0)
		close(h->fd);
	free(h);
	return NULL;
}

int ipq_destroy_handle(struct ipq_handle *h)
{
	if (h) {
		close(h->fd);
		free(h);
	}
	return 0;
}

int ipq_set_mode(const struct ipq_handle *h, uint8_t mode, size_t range)
{
	struct nfqnl_msg_config_params parameters = {
		.copy_range = htonl(range == 0 || range > LARGEST_PACKET ? LARGEST_PACKET : range),
		.copy_mode = mode == IPQ_COPY_PACKET ? NFQNL_COPY_PACKET : mode == IPQ_COPY_META ? NFQNL_COPY_META : NFQNL_COPY_NONE,
	};
	if (mode > IPQ_COPY_MAX) {
		errno = EINVAL;
		return fails(IPQ_ERR_SUPP);
	}
	/* An error of the kernel's is a message that ipq_read() gives. */
	return ask(h, NFQNL_MSG_CONFIG, 0, NFQA_CFG_PARAMS, &parameters, sizeof parameters, NULL, 0);
}

int ipq_set_verdict(const struct ipq_handle *h, ipq_id_t id, unsigned int verdict, size_t data_len, unsigned char *buf)
{
	struct nfqnl_msg_verdict_hdr says = { .verdict = htonl(verdict), .id = htonl(id) };
	if (data_len > LARGEST_PACKET) {
		errno = EINVAL;
		return fails(IPQ_ERR_SEND);
	}
	return ask(h, NFQNL_MSG_VERDICT, 0, NFQA_VERDICT_HDR, &says, sizeof says, buf, buf ? data_len : 0);
}

/* 1: there is something to read; 0: not in that time. */
static int wait_for(const struct ipq_handle *h, int timeout)
{
	fd_set set;
	struct timeval time = { .tv_sec = timeout / 1000000, .tv_usec = timeout % 1000000 };
	FD_ZERO(&set);
	if (h->fd >= FD_SETSIZE)
		return fails(IPQ_ERR_RECV);
	FD_SET(h->fd, &set);
	int ready = select(h->fd + 1, &set, NULL, NULL, &time);
	return ready < 0 ? fails(IPQ_ERR_RECV) : ready;
}

static uint32_t number(const struct nlattr *attribute)
{
	uint32_t value = 0;
	if (attribute && attribute->nla_len >= NLA_HDRLEN + sizeof value)
		memcpy(&value, attribute + 1, sizeof value);
	return ntohl(value);
}

/* Writes the message that ip_queue would have sent; gives its length, or -1 if buf is too small. */
static ssize_t rewrite(struct nlmsghdr *from, unsigned char *buf, size_t len)
{
	const struct nlattr *attributes[NFQA_MAX + 1] = { NULL };
	unsigned char *at = (unsigned char *)NLMSG_DATA(from) + NLMSG_ALIGN(sizeof(struct nfgenmsg));
	unsigned char *end = (unsigned char *)from + from->nlmsg_len;
	while (end - at >= NLA_HDRLEN) {
		const struct nlattr *attribute = (const struct nlattr *)at;
		if (attribute->nla_len < NLA_HDRLEN || attribute->nla_len > end - at)
			break;
		int type = attribute->nla_type & NLA_TYPE_MASK;
		if (type <= NFQA_MAX)
			attributes[type] = attribute;
		at += NLA_ALIGN(attribute->nla_len) < end - at ? NLA_ALIGN(attribute->nla_len) : end - at;
	}

	const struct nlattr *payload = attributes[NFQA_PAYLOAD];
	size_t data_len = payload ? payload->nla_len - NLA_HDRLEN : 0;
	ipq_packet_msg_t packet = { .data_len = data_len, .mark = number(attributes[NFQA_MARK]) };
	struct nlmsghdr head = {
		.nlmsg_type = IPQM_PACKET, .nlmsg_len = NLMSG_LENGTH(sizeof packet + data_len), .nlmsg_seq = from->nlmsg_seq, .nlmsg_pid = from->nlmsg_pid,
	};
	if (head.nlmsg_len > len)
		return fails(IPQ_ERR_RTRUNC);

	const struct nlattr *attribute = attributes[NFQA_PACKET_HDR];
	if (attribute && attribute->nla_len >= NLA_HDRLEN + sizeof(struct nfqnl_msg_packet_hdr)) {
		const struct nfqnl_msg_packet_hdr *said = (const void *)(attribute + 1);
		packet.packet_id = ntohl(said->packet_id);
		packet.hook = said->hook;
		packet.hw_protocol = said->hw_protocol;
	}
	attribute = attributes[NFQA_TIMESTAMP];
	if (attribute && attribute->nla_len >= NLA_HDRLEN + sizeof(struct nfqnl_msg_packet_timestamp)) {
		struct nfqnl_msg_packet_timestamp time;
		memcpy(&time, attribute + 1, sizeof time);
		packet.timestamp_sec = be64toh(time.sec);
		packet.timestamp_usec = be64toh(time.usec);
	}
	attribute = attributes[NFQA_HWADDR];
	if (attribute && attribute->nla_len >= NLA_HDRLEN + sizeof(struct nfqnl_msg_packet_hw)) {
		const struct nfqnl_msg_packet_hw *address = (const void *)(attribute + 1);
		uint16_t length = ntohs(address->hw_addrlen);
		packet.hw_type = ARPHRD_ETHER;
		packet.hw_addrlen = length < sizeof packet.hw_addr ? length : sizeof packet.hw_addr;
		memcpy(packet.hw_addr, address->hw_addr, packet.hw_addrlen);
	}
	if (!if_indextoname(number(attributes[NFQA_IFINDEX_INDEV]), packet.indev_name))
		packet.indev_name[0] = '\0';
	if (!if_indextoname(number(attributes[NFQA_IFINDEX_OUTDEV]), packet.outdev_name))
		packet.outdev_name[0] = '\0';

	memcpy(buf, &head, sizeof head);
	memcpy(buf + NLMSG_HDRLEN, &packet, sizeof packet);
	if (payload)
		memcpy(buf + NLMSG_HDRLEN + sizeof packet, payload + 1, data_len);
	return head.nlmsg_len;
}

ssize_t ipq_read(const struct ipq_handle *h, unsigned char *buf, size_t len, int timeout)
{
	if (len < sizeof(struct nlmsgerr)) {
		errno = EINVAL;
		return fails(IPQ_ERR_RECVBUF);
	}
	if (timeout > 0) {
		int ready = wait_for(h, timeout);
		if (ready <= 0)
			return ready;
	}

	struct sockaddr_nl sender;
	socklen_t size = sizeof sender;
	size_t room = NLMSG_SPACE(sizeof(struct nfgenmsg)) + 1024 + LARGEST_PACKET;
	struct nlmsghdr *message = malloc(room);
	if (!message)
		return fails(IPQ_ERR_BUFFER);

	ssize_t result = recvfrom(h->fd, message, room, (timeout < 0 ? MSG_DONTWAIT : 0) | MSG_TRUNC, (struct sockaddr *)&sender, &size);
	if (result < 0)
		result = timeout < 0 && (errno == EAGAIN || errno == EWOULDBLOCK) ? 0 : fails(IPQ_ERR_RECV);
	else if (size != sizeof sender)
		result = fails(IPQ_ERR_ADDRLEN);
	else if (sender.nl_pid != 0)
		result = fails(IPQ_ERR_RECV); /* not the kernel */
	else if (result == 0)
		result = fails(IPQ_ERR_NLEOF);
	else if ((size_t)result > room || (size_t)result < NLMSG_HDRLEN || message->nlmsg_len < NLMSG_HDRLEN || message->nlmsg_len > (size_t)result)
		result = fails(IPQ_ERR_RTRUNC);
	else if (message->nlmsg_type == NLMSG_ERROR) {
		if (message->nlmsg_len > len)
			result = fails(IPQ_ERR_RTRUNC);
		else
			memcpy(buf, message, result = message->nlmsg_len);
	} else if (message->nlmsg_type == (NFNL_SUBSYS_QUEUE << 8 | NFQNL_MSG_PACKET))
		result = rewrite(message, buf, len);
	else
		result = fails(IPQ_ERR_NLRECV);
	free(message);
	return result;
}

int ipq_message_type(const unsigned char *buf)
{
	return ((const struct nlmsghdr *)buf)->nlmsg_type;
}

int ipq_get_msgerr(const unsigned char *buf)
{
	return -((const struct nlmsgerr *)NLMSG_DATA((const struct nlmsghdr *)buf))->error;
}

ipq_packet_msg_t *ipq_get_packet(const unsigned char *buf)
{
	return (ipq_packet_msg_t *)NLMSG_DATA((const struct nlmsghdr *)buf);
}

int ipq_ctl(const struct ipq_handle *h, int request, ...)
{
	(void)h;
	(void)request;
	return 1;
}

char *ipq_errstr(void)
{
	return ipq_errmap[ipq_errno].message;
}

void ipq_perror(const char *s)
{
	fputs(s ? s : "ERROR", stderr);
	if (ipq_errno)
		fprintf(stderr, ": %s", ipq_errstr());
	if (errno)
		fprintf(stderr, ": %s", strerror(errno));
	fputc('\n', stderr);
}
