# Sharptables: what a person needs to build, try, test, measure and install it.
#
#   make            build artifacts/sbin/xtables-multi and the links to it
#   make demo       a tour in a network namespace of its own
#   make test       all tests; ends with "N passed, N failed"
#   make test-kernels    the same on Debian's kernels, under QEMU; "N passed, N failed"
#   make bench      ours against the installed C original, as ratios
#   make fuzz       the rule generator, and the kernel as explain's judge, for FUZZ_SECONDS=600 each, and FUZZ_INPUTS=100000 damaged inputs
#   make install    below $(DESTDIR)$(PREFIX): programs, C libraries, manual pages, completions; PREFIX=/usr for a system's own;
#                   LIBRARIES=yes: even if another package's have the same names; LIBRARIES=no: without the libraries
#   make install-iptables    the boot script, and units where systemd runs
#   make uninstall  removes what both installed
#   make deb        Debian packages in artifacts/: the programs, and the C libraries
#   make plugins    the program that loads other people's matches and targets, in artifacts/libexec
#   make libraries  the C libraries: libip4tc, libip6tc, libxtables, libipq, in artifacts/lib
#   make pack       the library, as a NuGet package in artifacts/
#   make format     format the source as make check-format wants it
#   make clean      remove artifacts/
#   make help       this list

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules

CONFIG    ?= Release
PREFIX    ?= /usr/local
DESTDIR   ?=
FUZZ_SECONDS ?= 600
FUZZ_INPUTS  ?= 100000

ARTIFACTS := artifacts
SBIN      := $(ARTIFACTS)/sbin
PROGRAM   := $(SBIN)/xtables-multi
MACHINE   := $(shell uname -m)
RID       := $(if $(filter aarch64,$(MACHINE)),linux-arm64,linux-x64)
STAGE     := $(ARTIFACTS)/stage
FEW       := $(ARTIFACTS)/few-extensions
PUBLISHED := $(ARTIFACTS)/build/publish/xtables-multi/$(shell echo $(CONFIG) | tr A-Z a-z)_$(RID)/xtables-multi

SOURCES   := $(shell find src -type f \( -name '*.cs' -o -name '*.csproj' -o -name '*.c' \) -not -path '*/obj/*' -not -path '*/bin/*') \
             Directory.Build.props Directory.Packages.props global.json

C_HEADERS := $(shell find src/c-libraries/include -name '*.h')

include packaging/dotnet.env
export $(shell sed -n 's/^\([A-Za-z_]*\)=.*/\1/p' packaging/dotnet.env)

# Recipes use "$$DESTDIR$$PREFIX", so that a path may have any characters.
export DESTDIR PREFIX

.PHONY: all links help plugins libraries demo test test-kernels check-format bench fuzz stage stage-libraries install install-iptables uninstall deb pack format clean \
        setup-build setup-demo setup-test may-demo may-test
all: links

help:
	@sed -n '2,/^$$/s/^# \{0,1\}//p' Makefile

links: $(PROGRAM)
	@cd $(SBIN) && for link in $$(./xtables-multi sharptables programs); do \
		[ "$$(readlink "$${link##*/}")" = xtables-multi ] || ln -sf xtables-multi "$${link##*/}"; done

$(PROGRAM): $(SOURCES) | setup-build
	@mkdir -p $(SBIN)
	dotnet publish src/xtables-multi -c $(CONFIG) -r $(RID) -v:quiet
	@install -m 755 $(PUBLISHED) $@
	@size=$$(stat -c %s $@); echo "$@: $$((size / 1024)) KiB"

# The same program, dynamic and with src/xtables-multi/host.c: a static one cannot load plugins, and goes on as this one when it meets any.
HOST := $(ARTIFACTS)/libexec/sharptables/xtables-multi

plugins: $(HOST)

$(HOST): $(SOURCES) $(C_HEADERS) | setup-build
	@mkdir -p $(@D)
	dotnet publish src/xtables-multi -c $(CONFIG) -r $(RID) -p:HostsPlugins=true -p:RunAnalyzers=false --artifacts-path $(ARTIFACTS)/plugins -v:quiet
	@install -m 755 $(ARTIFACTS)/plugins/publish/xtables-multi/*/xtables-multi $@

# Each FILE-OR-COMMAND=PACKAGE of Debian.
BUILD_NEEDS := gcc=build-essential ld.bfd=binutils /usr/lib*/*/libc.a=libc6-dev
DEMO_NEEDS  := ip=iproute2 socat=socat ping=iputils-ping
TEST_NEEDS  := $(DEMO_NEEDS) iptables-legacy=iptables nft=nftables ipset=ipset strace=strace tcpdump=tcpdump setpriv=util-linux \
	/usr/bin/python3=python3 perl=perl sysctl=procps killall=psmisc awk=mawk lintian=lintian man=man-db mandoc=mandoc xsltproc=xsltproc \
	zsh=zsh fish=fish /usr/lib*/*/libpcap.so.*=libpcap0.8 /etc/protocols=netbase \
	qemu-system-x86_64=qemu-system-x86 busybox=busybox-static cpio=cpio kmod=kmod pkg-config=pkg-config

setup-build:
	@packaging/need build $(BUILD_NEEDS)

setup-demo: may-demo
	@packaging/need demo $(BUILD_NEEDS) $(DEMO_NEEDS)

setup-test: may-test
	@packaging/need test $(BUILD_NEEDS) $(TEST_NEEDS)
	@tests/clients/fetch
	@tests/fetch-iptables

# These fail before anything is installed or built.
may-demo:
	@tests/demo.sh --check

may-test:
	@[ "$$(id -u)" = 0 ] || { echo "make test: the tests set up networks and install things on a copy of the machine," \
		"which only root may: sudo make test" >&2; exit 1; }
	@why=$$(unshare --net --mount --pid --fork true 2>&1) || { echo "make test: root may not make namespaces here" \
		"(a container without --privileged?): $$why" >&2; exit 1; }

demo: setup-demo all
	tests/demo.sh

bench: setup-test all plugins libraries $(FEW)/iptables
	bench/run

# The program with a few extensions only: it must start as fast with all of them.
$(FEW)/iptables: $(SOURCES) | setup-build
	@mkdir -p $(FEW)
	awk '!/^ *new\("/ || /"(conntrack|limit|tcp|udp|LOG|REJECT)"/' src/Sharptables/Extensions/Catalogue/ExtensionList.cs >$(FEW)/ExtensionList.cs
	dotnet publish src/xtables-multi -c $(CONFIG) -r $(RID) -p:ExtensionListFile="$(CURDIR)/$(FEW)/ExtensionList.cs" \
		-p:RunAnalyzers=false --artifacts-path $(FEW)/build -v:quiet
	@install -m 755 $(FEW)/build/publish/xtables-multi/*/xtables-multi $@

# FUZZ_SEED=N begins with that seed; a failure names the seed that repeats it, and the file in artifacts/fuzz.
fuzz: setup-test all
	FUZZ_SECONDS=$(FUZZ_SECONDS) FUZZ_INPUTS=$(FUZZ_INPUTS) SHARPTABLES_SBIN="$(CURDIR)/$(SBIN)" dotnet test \
		tests/Sharptables.DifferentialTests -c $(CONFIG) --filter 'FullyQualifiedName~.Generated.' --logger 'console;verbosity=normal'
	FUZZ_SECONDS=$(FUZZ_SECONDS) SHARPTABLES_SBIN="$(CURDIR)/$(SBIN)" dotnet test \
		tests/Sharptables.SystemTests -c $(CONFIG) --filter 'FullyQualifiedName~OracleTests' --logger 'console;verbosity=normal'

# The rest of the style is checked by every build (EnforceCodeStyleInBuild, warnings are errors).
check-format: setup-build
	dotnet format whitespace sharptables.slnx --verify-no-changes

format: setup-build
	dotnet format whitespace sharptables.slnx
	dotnet format style sharptables.slnx --severity warn

test: setup-test check-format all libraries plugins
	SHARPTABLES_SBIN="$(CURDIR)/$(SBIN)" CONFIG=$(CONFIG) tests/run

# Boots bullseye's, bookworm's, trixie's and sid's kernels, each with the modules of the legacy interface and without them.
test-kernels: setup-test all
	SHARPTABLES_SBIN="$(CURDIR)/$(SBIN)" tests/kernels/all

# The C libraries: C with the original's names, over one private library in C#. C sources that both families share are compiled twice.
LIB       := $(ARTIFACTS)/lib
PRIVATE   := $(LIB)/sharptables/libsharptables.so
C_SOURCES := $(shell find src/c-libraries -type f)
C_FLAGS   := -std=gnu11 -Wall -Wextra -Werror -Os -fPIC -Isrc/c-libraries/include
C_LINK    := -shared -s -Wl,-z,defs -Wl,-z,relro -Wl,-z,now -Wl,--as-needed

libraries: $(PRIVATE) $(LIB)/libip4tc.so.2.0.0 $(LIB)/libip6tc.so.2.0.0 $(LIB)/libxtables.so.12.7.0 $(LIB)/libipq.so.0.0.0
	@cd $(LIB) && for file in *.so.*.*.*; do name=$${file%.*.*}; ln -sf "$$file" "$$name"; ln -sf "$$name" "$${name%.*}"; done

$(PRIVATE): $(SOURCES) | setup-build
	@mkdir -p $(@D)
	dotnet publish src/Sharptables.Native -c $(CONFIG) -r $(RID) -v:quiet
	@install -m 644 $(ARTIFACTS)/build/publish/Sharptables.Native/$(shell echo $(CONFIG) | tr A-Z a-z)_$(RID)/libsharptables.so $@

$(LIB)/libipq.so.0.0.0: $(C_SOURCES) | setup-build
	@mkdir -p $(@D)
	gcc $(C_FLAGS) src/c-libraries/libipq/libipq.c -o $@ \
		$(C_LINK) -Wl,-soname,libipq.so.0 -Wl,--version-script=src/c-libraries/libipq/libipq.symbols

# NAME.symbols lists what a library exports, without versions.
$(LIB)/libip%tc.so.2.0.0: $(C_SOURCES) | setup-build
	@mkdir -p $(@D)
	gcc $(C_FLAGS) -DFAMILY=$* src/c-libraries/libiptc/libiptc.c src/c-libraries/private/load.c -o $@ \
		$(C_LINK) -Wl,-soname,libip$*tc.so.2 -Wl,--version-script=src/c-libraries/libiptc/libip$*tc.symbols

$(LIB)/libxtables.so.12.7.0: $(C_SOURCES) | setup-build
	@mkdir -p $(@D)
	gcc $(C_FLAGS) src/c-libraries/libxtables/*.c src/c-libraries/private/load.c -o $@ \
		$(C_LINK) -Wl,-soname,libxtables.so.12 -Wl,--version-script=src/c-libraries/libxtables/libxtables.symbols

# Everything that belongs below $(PREFIX). install and deb take it from here.
stage: all plugins
	packaging/stage $(STAGE)

# LIBDIR=lib64 or so: the folder below PREFIX.
stage-libraries: libraries
	packaging/stage-libraries $(STAGE)-libraries "$$PREFIX" $(LIBDIR)

# Lists, below PREFIX, of what was installed, for uninstall.
LISTS := share/sharptables

install: stage $(if $(filter no,$(LIBRARIES)),,stage-libraries)
	packaging/put-libraries $(STAGE)-libraries "$$DESTDIR" "$$PREFIX" $(LISTS)/installed-libraries $(LIBRARIES)
	packaging/put in $(STAGE) "$$DESTDIR$$PREFIX" $(LISTS)/installed

# SYSTEMD=yes or no: with units or without, whether systemd runs or not.
install-iptables:
	packaging/stage-boot $(STAGE)-boot "$$PREFIX" "$$DESTDIR" $(SYSTEMD)
	packaging/put in $(STAGE)-boot "$$DESTDIR/" "$${PREFIX#/}/$(LISTS)/installed-boot"

uninstall:
	packaging/put away "$$DESTDIR$$PREFIX" $(LISTS)/installed
	packaging/put-libraries away "$$DESTDIR" "$$PREFIX" $(LISTS)/installed-libraries
	packaging/put away "$$DESTDIR/" "$${PREFIX#/}/$(LISTS)/installed-boot"

# LIBRARIES=no: only the package of the programs.
deb: stage $(if $(filter no,$(LIBRARIES)),,libraries)
	packaging/deb/build $(STAGE) $$(packaging/deb/version)
	[ "$(LIBRARIES)" = no ] || { packaging/stage-libraries $(STAGE)-deb /usr && packaging/deb/libraries $(STAGE)-deb $$(packaging/deb/version); }

pack: | setup-build
	dotnet pack src/Sharptables.Library -c $(CONFIG) -v:quiet -o $(ARTIFACTS)
	@ls $(ARTIFACTS)/Sharptables.*.nupkg

clean:
	rm -rf $(ARTIFACTS)
