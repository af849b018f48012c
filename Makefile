# Sharptables: what a person needs to build, try, test, measure and install it.
#
#   make            build artifacts/sbin/xtables-multi and the links to it
#   make demo       a tour in a network namespace of its own
#   make test       everything that can go wrong, tried; ends with "N passed, N failed"
#   make test-kernels    the same on Debian's kernels, under QEMU; "N passed, N failed"
#   make bench      ours against the installed C original, as ratios
#   make fuzz       a long run of the rule generator: FUZZ_SECONDS=600
#   make install    below $(DESTDIR)$(PREFIX): programs, manual pages, completions; PREFIX=/usr for a system's own
#   make install-iptables    the boot script, and where systemd rules its units
#   make uninstall  takes away what both installed
#   make deb        a Debian package in artifacts/
#   make format     lay out the source as the tests want it
#   make clean      remove artifacts/

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules

CONFIG    ?= Release
PREFIX    ?= /usr/local
DESTDIR   ?=
FUZZ_SECONDS ?= 600

ARTIFACTS := artifacts
SBIN      := $(ARTIFACTS)/sbin
PROGRAM   := $(SBIN)/xtables-multi
MACHINE   := $(shell uname -m)
RID       := $(if $(filter aarch64,$(MACHINE)),linux-arm64,linux-x64)
STAGE     := $(ARTIFACTS)/stage
FEW       := $(ARTIFACTS)/few-extensions
PUBLISHED := $(ARTIFACTS)/build/publish/xtables-multi/$(shell echo $(CONFIG) | tr A-Z a-z)_$(RID)/xtables-multi

SOURCES   := $(shell find src -type f \( -name '*.cs' -o -name '*.csproj' \) -not -path '*/obj/*' -not -path '*/bin/*') \
             Directory.Build.props Directory.Packages.props global.json

# Nothing may stay behind when make is done: no build servers, no reused nodes.
export MSBUILDDISABLENODEREUSE := 1
export DOTNET_CLI_USE_MSBUILD_SERVER := 0
export UseSharedCompilation := false
export DOTNET_NOLOGO := 1
export DOTNET_CLI_TELEMETRY_OPTOUT := 1
export DOTNET_SKIP_FIRST_TIME_EXPERIENCE := 1

.PHONY: all links demo test test-kernels check-format bench fuzz stage install install-iptables uninstall deb format clean setup-build setup-test
all: links

links: $(PROGRAM)
	@cd $(SBIN) && for link in $$(./xtables-multi sharptables programs); do \
		[ "$$(readlink "$${link##*/}")" = xtables-multi ] || ln -sf xtables-multi "$${link##*/}"; done

$(PROGRAM): $(SOURCES) | setup-build
	@mkdir -p $(SBIN)
	dotnet publish src/xtables-multi -c $(CONFIG) -r $(RID) -v:quiet
	@install -m 755 $(PUBLISHED) $@
	@size=$$(stat -c %s $@); echo "$@: $$((size / 1024)) KiB"

# $(call need,FILE-OR-COMMAND=PACKAGE ...) installs the packages whose file or command is missing. Takes no time when none is.
define need
@missing=(); for pair in $(1); do what=$${pair%%=*}; package=$${pair#*=}; \
	case $$what in /*) compgen -G "$$what" >/dev/null || missing+=("$$package");; \
	*) command -v "$$what" >/dev/null || [ -x "/usr/sbin/$$what" ] || missing+=("$$package");; esac; done; \
if (( $${#missing[@]} )); then \
	if [ "$$(id -u)" != 0 ]; then echo "make: not root, so install these first: $${missing[*]}" >&2; exit 1; fi; \
	command -v apt-get >/dev/null || { echo "make: no apt-get here, so install these first: $${missing[*]}" >&2; exit 1; }; \
	apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$${missing[@]}" >/dev/null; \
fi
endef

setup-build:
	@command -v dotnet >/dev/null || { echo "make: the .NET SDK 10 is needed: https://dotnet.microsoft.com/download" >&2; exit 1; }
	$(call need,gcc=build-essential ld.bfd=binutils /usr/lib*/*/libc.a=libc6-dev)

setup-test: setup-build
	$(call need,iptables-legacy=iptables nft=nftables ip=iproute2 ipset=ipset unshare=util-linux strace=strace tcpdump=tcpdump setpriv=util-linux ping=iputils-ping \
		/usr/bin/python3=python3 perl=perl sysctl=procps awk=mawk lintian=lintian man=man-db mandoc=mandoc xsltproc=xsltproc \
		zsh=zsh fish=fish /usr/lib*/*/libpcap.so.*=libpcap0.8 qemu-system-x86_64=qemu-system-x86 busybox=busybox-static cpio=cpio kmod=kmod)
	@tests/clients/fetch

demo: all
	tests/demo.sh

bench: all setup-test $(FEW)/iptables
	bench/run

# The program with a few extensions only: it must start as fast with all of them.
$(FEW)/iptables: $(SOURCES) | setup-build
	@mkdir -p $(FEW)
	awk '!/^ *new\("/ || /"(conntrack|limit|tcp|udp|LOG|REJECT)"/' src/Sharptables/Extensions/Catalogue/ExtensionList.cs >$(FEW)/ExtensionList.cs
	dotnet publish src/xtables-multi -c $(CONFIG) -r $(RID) -p:ExtensionListFile=$(CURDIR)/$(FEW)/ExtensionList.cs \
		-p:RunAnalyzers=false --artifacts-path $(FEW)/build -v:quiet
	@install -m 755 $(FEW)/build/publish/xtables-multi/*/xtables-multi $@

# FUZZ_SEED=N begins with that seed; a failure names the seed that repeats it.
fuzz: all setup-test
	FUZZ_SECONDS=$(FUZZ_SECONDS) SHARPTABLES_SBIN="$(CURDIR)/$(SBIN)" dotnet test tests/Sharptables.DifferentialTests \
		-c $(CONFIG) --filter 'FullyQualifiedName~.Generated.' --logger 'console;verbosity=normal'

# The rest of the style is checked by every build (EnforceCodeStyleInBuild, warnings are errors).
check-format: setup-build
	dotnet format whitespace sharptables.slnx --verify-no-changes

format: setup-build
	dotnet format whitespace sharptables.slnx
	dotnet format style sharptables.slnx --severity warn

test: setup-test check-format all
	SHARPTABLES_SBIN="$(CURDIR)/$(SBIN)" CONFIG=$(CONFIG) tests/run

# Boots bullseye's, bookworm's, trixie's and sid's kernels, each with the modules of the legacy interface and without them.
test-kernels: setup-test all
	SHARPTABLES_SBIN="$(CURDIR)/$(SBIN)" tests/kernels/all

# Everything that belongs below $(PREFIX), laid out; what installs and packages take it from here.
stage: all
	packaging/stage $(STAGE)

install: stage
	packaging/put in $(STAGE) $(DESTDIR)$(PREFIX)

# Where systemd rules, or SYSTEMD=yes: units as well.
SYSTEMD ?= $(if $(wildcard $(DESTDIR)/usr/lib/systemd/system/*.target $(DESTDIR)/lib/systemd/system/*.target),yes,no)
install-iptables:
	packaging/stage-boot $(STAGE)-boot $(PREFIX) $(SYSTEMD)
	packaging/put in $(STAGE)-boot $(DESTDIR)/

uninstall: stage
	packaging/put away $(STAGE) $(DESTDIR)$(PREFIX)
	packaging/stage-boot $(STAGE)-boot $(PREFIX) yes
	packaging/put away $(STAGE)-boot $(DESTDIR)/

deb: stage
	packaging/deb/build $(STAGE) $$(sed -n 's|.*<Version>\(.*\)</Version>.*|\1|p' Directory.Build.props)

clean:
	rm -rf $(ARTIFACTS)
