/*
 * Reads packets of -j QUEUE through libipq as its manual page shows it, and says what it was told of them. The second is dropped; the third
 * goes on with its last byte changed. With an argument: how an error and a time-out look instead.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libipq.h>

static void fail(struct ipq_handle *h)
{
	ipq_perror("ipq");
	ipq_destroy_handle(h);
	exit(1);
}

int main(int argc, char **argv)
{
	unsigned char buf[4096];
	struct ipq_handle *h = ipq_create_handle(0, argc > 1 && !strcmp(argv[1], "protocol") ? 99 : PF_INET);
	if (!h)
		fail(h);
	if (ipq_set_mode(h, IPQ_COPY_PACKET, sizeof buf) < 0)
		fail(h);
	if (argc > 1) {
		printf("nothing to read at once: %zd\n", ipq_read(h, buf, sizeof buf, -1));
		printf("nor in 10 ms: %zd\n", ipq_read(h, buf, sizeof buf, 10000));
		printf("a small buffer: %zd, ", ipq_read(h, buf, 8, 0));
		puts(ipq_errstr());
		printf("a mode that is none: %d, ", ipq_set_mode(h, 9, 0));
		puts(ipq_errstr());
		printf("a verdict for no packet: %d\n", ipq_set_verdict(h, 99, NF_ACCEPT, 0, NULL));
		ssize_t length = ipq_read(h, buf, sizeof buf, 1000000);
		printf("%d bytes, type %d: %s\n", length > 0, ipq_message_type(buf), strerror(ipq_get_msgerr(buf)));
		ipq_destroy_handle(h);
		return 0;
	}
	puts("ready");
	fflush(stdout);
	for (int number = 1; number <= 3; number++) {
		if (ipq_read(h, buf, sizeof buf, 0) < 0)
			fail(h);
		if (ipq_message_type(buf) == NLMSG_ERROR) {
			printf("error %d\n", ipq_get_msgerr(buf));
			return 1;
		}
		ipq_packet_msg_t *m = ipq_get_packet(buf);
		printf("hook %u in '%s' out '%s' mark %lu protocol %04x payload %zu bytes, version %d\n", m->hook, m->indev_name, m->outdev_name, m->mark,
			ntohs(m->hw_protocol), m->data_len, m->payload[0] >> 4);
		int status;
		if (number == 3) {
			m->payload[m->data_len - 1] = '!';
			memset(m->payload + 26, 0, 2); /* no UDP checksum */
			status = ipq_set_verdict(h, m->packet_id, NF_ACCEPT, m->data_len, m->payload);
		} else
			status = ipq_set_verdict(h, m->packet_id, number == 2 ? NF_DROP : NF_ACCEPT, 0, NULL);
		if (status < 0)
			fail(h);
	}
	ipq_destroy_handle(h);
	return 0;
}
