table ip filter {
	chain FORWARD {
		accept
	}

	chain INPUT {
		type filter hook input priority filter; policy accept;
		jump FORWARD
		drop
	}
}
