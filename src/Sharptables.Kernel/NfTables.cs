using System;

namespace Sharptables.Kernel;

/// <summary>
/// The numbers of nf_tables' interface (linux/netfilter/nf_tables.h, nf_tables_compat.h, nfnetlink.h): messages, and the attributes of each
/// kind of object. Numbers in attributes are in network byte order.
/// </summary>
internal static class NfTables
{
    /// <summary>The messages, as types of netlink messages: <c>enum nf_tables_msg_types</c> of the subsystem <c>NFNL_SUBSYS_NFTABLES</c>.</summary>
    public static class Message
    {
        public const ushort NewTable = Subsystem;
        public const ushort GetTable = Subsystem | 1;
        public const ushort DeleteTable = Subsystem | 2;
        public const ushort NewChain = Subsystem | 3;
        public const ushort GetChain = Subsystem | 4;
        public const ushort DeleteChain = Subsystem | 5;
        public const ushort NewRule = Subsystem | 6;
        public const ushort GetRule = Subsystem | 7;
        public const ushort DeleteRule = Subsystem | 8;
        public const ushort NewSet = Subsystem | 9;
        public const ushort GetSet = Subsystem | 10;
        public const ushort DeleteSet = Subsystem | 11;
        public const ushort NewSetElement = Subsystem | 12;
        public const ushort GetSetElement = Subsystem | 13;
        public const ushort DeleteSetElement = Subsystem | 14;
        public const ushort NewGeneration = Subsystem | 15;
        public const ushort GetGeneration = Subsystem | 16;
        public const ushort Trace = Subsystem | 17;
        public const ushort NewObject = Subsystem | 18;
        public const ushort GetObject = Subsystem | 19;
        public const ushort DeleteObject = Subsystem | 20;
        public const ushort NewFlowTable = Subsystem | 22;
        public const ushort GetFlowTable = Subsystem | 23;

        /// <summary>Since Linux 6.2.</summary>
        public const ushort GetRuleAndReset = Subsystem | 25;

        /// <summary><c>NFNL_MSG_BATCH_BEGIN</c>.</summary>
        public const ushort BatchBegin = 0x10;

        /// <summary><c>NFNL_MSG_BATCH_END</c>.</summary>
        public const ushort BatchEnd = 0x11;

        /// <summary><c>NFNL_MSG_COMPAT_GET</c> of the subsystem <c>NFNL_SUBSYS_NFT_COMPAT</c>: whether x_tables has an extension.</summary>
        public const ushort GetExtension = 11 << 8;

        private const ushort Subsystem = SubsystemNumber << 8;
    }

    /// <summary><c>NFNL_SUBSYS_NFTABLES</c>: whose changes a batch has.</summary>
    public const ushort SubsystemNumber = 10;

    /// <summary>The size of the head of a message, behind netlink's: <c>struct nfgenmsg</c>. Its first byte is the family.</summary>
    public const int HeadSize = 4;

    /// <summary><c>NFT_REG_VERDICT</c>.</summary>
    public const uint VerdictRegister = 0;

    /// <summary><c>NFT_REG_1</c>: where a value is loaded to and compared.</summary>
    public const uint Register = 1;

    /// <summary><c>enum nfnl_batch_attributes</c>.</summary>
    public static class Batch
    {
        public const ushort Generation = 1;
    }

    /// <summary><c>NFTA_GEN_*</c>.</summary>
    public static class Generation
    {
        public const ushort Id = 1;
        public const ushort ProcessId = 2;
        public const ushort ProcessName = 3;
    }

    /// <summary><c>NFTA_TABLE_*</c>.</summary>
    public static class Table
    {
        public const ushort Name = 1;
        public const ushort Flags = 2;
        public const ushort Use = 3;
        public const ushort Handle = 4;
        public const ushort UserData = 6;
        public const ushort Owner = 7;

        /// <summary><c>NFT_TABLE_F_DORMANT</c>: its rules are not in force.</summary>
        public const uint DormantFlag = 1;

        /// <summary><c>NFT_TABLE_F_OWNER</c>: only the process that made it may change it.</summary>
        public const uint OwnedFlag = 2;
    }

    /// <summary>The groups of a netlink socket that hears of nf_tables (<c>NFNLGRP_*</c>, linux/netfilter/nfnetlink.h), a bit for each.</summary>
    public static class Group
    {
        /// <summary><c>NFNLGRP_NFTABLES</c>: each change, as the message that the kernel has for the object.</summary>
        public const uint Changes = 1 << 6;

        /// <summary><c>NFNLGRP_NFTRACE</c>: what becomes of packets that are traced.</summary>
        public const uint Traces = 1 << 8;
    }

    /// <summary><c>NFTA_TRACE_*</c>: what a rule, or the end of a chain, did with a packet.</summary>
    public static class Trace
    {
        public const ushort Table = 1;
        public const ushort Chain = 2;
        public const ushort RuleHandle = 3;
        public const ushort Type = 4;
        public const ushort Verdict = 5;

        /// <summary>A number that all messages about one packet have.</summary>
        public const ushort Id = 6;
        public const ushort LinkHeader = 7;
        public const ushort NetworkHeader = 8;
        public const ushort TransportHeader = 9;
        public const ushort InInterface = 10;
        public const ushort InInterfaceType = 11;
        public const ushort OutInterface = 12;
        public const ushort OutInterfaceType = 13;
        public const ushort Mark = 14;
        public const ushort NetworkProtocol = 15;
        public const ushort Policy = 16;
    }

    /// <summary><c>enum nft_trace_types</c>.</summary>
    public static class TraceType
    {
        public const uint Policy = 1;
        public const uint Return = 2;
        public const uint Rule = 3;
    }

    /// <summary><c>NFTA_CHAIN_*</c>.</summary>
    public static class Chain
    {
        public const ushort Table = 1;
        public const ushort Handle = 2;
        public const ushort Name = 3;
        public const ushort Hook = 4;
        public const ushort Policy = 5;

        /// <summary>How many rules it has and how many refer to it.</summary>
        public const ushort Use = 6;
        public const ushort Type = 7;
        public const ushort Counters = 8;
        public const ushort Flags = 10;
        public const ushort Id = 11;

        /// <summary><c>NFT_CHAIN_BINDING</c>: it is part of the rule that jumps to it.</summary>
        public const uint BindingFlag = 4;
    }

    /// <summary><c>NFTA_HOOK_*</c>.</summary>
    public static class Hook
    {
        public const ushort Number = 1;
        public const ushort Priority = 2;
        public const ushort Device = 3;

        /// <summary>Several, as a list of <c>NFTA_DEVICE_NAME</c>.</summary>
        public const ushort Devices = 4;
    }

    /// <summary><c>NFTA_RULE_*</c>.</summary>
    public static class Rule
    {
        public const ushort Table = 1;
        public const ushort Chain = 2;
        public const ushort Handle = 3;
        public const ushort Expressions = 4;
        public const ushort Compat = 5;
        public const ushort Position = 6;
        public const ushort UserData = 7;
        public const ushort Id = 9;
        public const ushort PositionId = 10;
    }

    /// <summary><c>NFTA_RULE_COMPAT_*</c>: what x_tables' extensions are told of a rule.</summary>
    public static class Compat
    {
        public const ushort Protocol = 1;
        public const ushort Flags = 2;

        /// <summary><c>NFT_RULE_COMPAT_F_INV</c>: any protocol but that.</summary>
        public const uint InvertedFlag = 2;
    }

    /// <summary><c>NFTA_SET_*</c>.</summary>
    public static class Set
    {
        public const ushort Table = 1;
        public const ushort Name = 2;
        public const ushort Flags = 3;
        public const ushort KeyType = 4;
        public const ushort KeyLength = 5;
        public const ushort DataType = 6;
        public const ushort DataLength = 7;
        public const ushort Description = 9;
        public const ushort Id = 10;
        public const ushort Handle = 16;
        public const ushort Kind = 19;
        public const ushort Count = 20;

        /// <summary><c>NFTA_SET_DESC_SIZE</c> and <c>NFTA_SET_DESC_CONCAT</c>, in the description; the length of a field in the latter.</summary>
        public const ushort Size = 1, Fields = 2, FieldLength = 1;

        /// <summary>The name of one that belongs to a rule: the kernel numbers it.</summary>
        public static ReadOnlySpan<byte> AnyName => "__set%d"u8;

        /// <summary><c>NFT_SET_ANONYMOUS</c>: it belongs to a rule.</summary>
        public const uint AnonymousFlag = 1;

        /// <summary><c>NFT_SET_CONSTANT</c>: it never changes.</summary>
        public const uint ConstantFlag = 2;

        /// <summary><c>NFT_SET_INTERVAL</c>: elements are the ends of intervals.</summary>
        public const uint IntervalFlag = 4;

        /// <summary><c>NFT_SET_MAP</c>: each element has a value.</summary>
        public const uint MapFlag = 8;

        /// <summary><c>NFT_SET_EVAL</c>: packets add elements.</summary>
        public const uint DynamicFlag = 0x20;

        /// <summary><c>NFT_SET_CONCAT</c>: a key has several fields, and an interval is one element.</summary>
        public const uint ConcatenatedFlag = 0x80;
    }

    /// <summary><c>NFTA_SET_ELEM_LIST_*</c>.</summary>
    public static class SetElements
    {
        public const ushort Table = 1;
        public const ushort Set = 2;
        public const ushort Elements = 3;
        public const ushort SetId = 4;
    }

    /// <summary><c>NFTA_SET_ELEM_*</c>.</summary>
    public static class SetElement
    {
        public const ushort Key = 1;
        public const ushort Data = 2;
        public const ushort Flags = 3;
        public const ushort Expiration = 5;
        public const ushort UserData = 6;
        public const ushort Expression = 7;
        public const ushort KeyEnd = 10;
        public const ushort Expressions = 11;
    }

    /// <summary><c>NFTA_OBJ_*</c>: a counter, quota … that has a name.</summary>
    public static class Object
    {
        public const ushort Kind = 3;
        public const ushort Data = 4;
        public const ushort Use = 5;
        public const ushort Handle = 6;

        /// <summary><c>NFT_OBJECT_COUNTER</c>.</summary>
        public const uint CounterKind = 1;

        /// <summary><c>NFT_OBJECT_QUOTA</c>.</summary>
        public const uint QuotaKind = 2;
    }

    /// <summary><c>NFTA_FLOWTABLE_*</c>.</summary>
    public static class FlowTable
    {
        public const ushort Use = 4;
        public const ushort Handle = 5;
    }

    /// <summary><c>NFTA_DYNSET_*</c>.</summary>
    public static class DynamicSet
    {
        public const ushort Set = 1;
        public const ushort Operation = 3;
        public const ushort KeySource = 4;
        public const ushort DataSource = 5;
        public const ushort Timeout = 6;
        public const ushort Expression = 7;
        public const ushort Flags = 9;
        public const ushort Expressions = 10;
    }

    /// <summary><c>NFTA_OSF_*</c>.</summary>
    public static class OsFingerprint
    {
        /// <summary>The name of the expression.</summary>
        public const string Name = "osf";

        public const ushort Destination = 1;
        public const ushort Ttl = 2;
        public const ushort Flags = 3;
    }

    /// <summary><c>NFTA_QUOTA_*</c>.</summary>
    public static class Quota
    {
        /// <summary>The name of the expression.</summary>
        public const string Name = "quota";

        public const ushort Bytes = 1;
        public const ushort Flags = 2;
        public const ushort Consumed = 4;
    }

    /// <summary><c>NFTA_LIST_*</c>.</summary>
    public static class List
    {
        public const ushort Element = 1;
    }

    /// <summary><c>NFTA_EXPR_*</c>.</summary>
    public static class Expression
    {
        public const ushort Name = 1;
        public const ushort Data = 2;
    }

    /// <summary><c>NFTA_DATA_*</c>.</summary>
    public static class Data
    {
        public const ushort Value = 1;
        public const ushort Verdict = 2;
    }

    /// <summary><c>NFTA_VERDICT_*</c>.</summary>
    public static class Verdict
    {
        public const ushort Code = 1;
        public const ushort Chain = 2;

        /// <summary><c>NF_ACCEPT</c>.</summary>
        public const int Accept = 1;

        /// <summary><c>NFT_CONTINUE</c>.</summary>
        public const int Continue = -1;

        /// <summary><c>NFT_JUMP</c>.</summary>
        public const int Jump = -3;

        /// <summary><c>NFT_GOTO</c>.</summary>
        public const int Goto = -4;

        /// <summary><c>NFT_RETURN</c>.</summary>
        public const int Return = -5;
    }

    /// <summary><c>NFTA_IMMEDIATE_*</c>.</summary>
    public static class Immediate
    {
        public const ushort Destination = 1;
        public const ushort Data = 2;
    }

    /// <summary><c>NFTA_PAYLOAD_*</c>.</summary>
    public static class Payload
    {
        /// <summary><c>NFT_PAYLOAD_LL_HEADER</c>.</summary>
        public const uint LinkHeader = 0;

        /// <summary><c>NFT_PAYLOAD_NETWORK_HEADER</c>.</summary>
        public const uint NetworkHeader = 1;

        /// <summary><c>NFT_PAYLOAD_TRANSPORT_HEADER</c>.</summary>
        public const uint TransportHeader = 2;

        public const ushort Destination = 1;
        public const ushort Base = 2;
        public const ushort Offset = 3;
        public const ushort Length = 4;
        public const ushort Source = 5;
    }

    /// <summary><c>NFTA_META_*</c>.</summary>
    public static class Meta
    {
        public const ushort Destination = 1;
        public const ushort Key = 2;
        public const ushort Source = 3;
    }

    /// <summary><c>NFTA_CT_*</c>.</summary>
    public static class Ct
    {
        public const ushort Destination = 1;
        public const ushort Key = 2;
        public const ushort Direction = 3;
        public const ushort Source = 4;
    }

    /// <summary><c>NFTA_EXTHDR_*</c>.</summary>
    public static class ExtensionHeader
    {
        public const ushort Destination = 1;
        public const ushort Type = 2;
        public const ushort Offset = 3;
        public const ushort Length = 4;
        public const ushort Flags = 5;
        public const ushort Operation = 6;
        public const ushort Source = 7;
    }

    /// <summary><c>NFTA_CMP_*</c>.</summary>
    public static class Compare
    {
        public const ushort Source = 1;
        public const ushort Operation = 2;
        public const ushort Data = 3;
    }

    /// <summary><c>NFTA_RANGE_*</c>.</summary>
    public static class Range
    {
        public const ushort Source = 1;
        public const ushort Operation = 2;
        public const ushort From = 3;
        public const ushort To = 4;
    }

    /// <summary><c>NFTA_BITWISE_*</c>.</summary>
    public static class Bitwise
    {
        public const ushort Source = 1;
        public const ushort Destination = 2;
        public const ushort Length = 3;
        public const ushort Mask = 4;
        public const ushort Xor = 5;
        public const ushort Operation = 6;
        public const ushort Data = 7;
    }

    /// <summary><c>NFTA_BYTEORDER_*</c>.</summary>
    public static class ByteOrder
    {
        public const ushort Source = 1;
        public const ushort Destination = 2;
        public const ushort Operation = 3;
        public const ushort Length = 4;
        public const ushort Size = 5;
    }

    /// <summary><c>NFTA_LOOKUP_*</c>.</summary>
    public static class Lookup
    {
        public const ushort Set = 1;
        public const ushort Source = 2;
        public const ushort Destination = 3;
        public const ushort SetId = 4;
        public const ushort Flags = 5;
    }

    /// <summary><c>NFTA_COUNTER_*</c>.</summary>
    public static class Counter
    {
        public const ushort Bytes = 1;
        public const ushort Packets = 2;
    }

    /// <summary><c>NFTA_LIMIT_*</c>.</summary>
    public static class Limit
    {
        public const ushort Rate = 1;
        public const ushort Unit = 2;
        public const ushort Burst = 3;
        public const ushort Type = 4;
        public const ushort Flags = 5;
    }

    /// <summary><c>NFTA_LOG_*</c>.</summary>
    public static class Log
    {
        public const ushort Group = 1;
        public const ushort Prefix = 2;
        public const ushort SnapLength = 3;
        public const ushort QueueThreshold = 4;
        public const ushort Level = 5;
        public const ushort Flags = 6;
    }

    /// <summary><c>NFTA_QUEUE_*</c>.</summary>
    public static class Queue
    {
        public const ushort Number = 1;
        public const ushort Total = 2;
        public const ushort Flags = 3;
        public const ushort Source = 4;
    }

    /// <summary><c>NFTA_RT_*</c>.</summary>
    public static class Route
    {
        public const ushort Destination = 1;
        public const ushort Key = 2;
    }

    /// <summary><c>NFTA_SOCKET_*</c>.</summary>
    public static class Socket
    {
        public const ushort Key = 1;
        public const ushort Destination = 2;
        public const ushort Level = 3;
    }

    /// <summary><c>NFTA_FIB_*</c>.</summary>
    public static class Fib
    {
        public const ushort Destination = 1;
        public const ushort Result = 2;
        public const ushort Flags = 3;
    }

    /// <summary><c>NFTA_NG_*</c>.</summary>
    public static class Generator
    {
        public const ushort Destination = 1;
        public const ushort Modulus = 2;
        public const ushort Type = 3;
        public const ushort Offset = 4;
    }

    /// <summary><c>NFTA_HASH_*</c>.</summary>
    public static class Hash
    {
        public const ushort Source = 1;
        public const ushort Destination = 2;
        public const ushort Length = 3;
        public const ushort Modulus = 4;
        public const ushort Seed = 5;
        public const ushort Offset = 6;
        public const ushort Type = 7;
    }

    /// <summary><c>NFTA_XFRM_*</c>.</summary>
    public static class Xfrm
    {
        public const ushort Destination = 1;
        public const ushort Key = 2;
        public const ushort Direction = 3;
        public const ushort Number = 4;
    }

    /// <summary><c>NFTA_REJECT_*</c>.</summary>
    public static class Reject
    {
        public const ushort Type = 1;
        public const ushort Code = 2;
    }

    /// <summary><c>NFTA_NAT_*</c>.</summary>
    public static class Nat
    {
        public const ushort Type = 1;
        public const ushort Family = 2;
        public const ushort FirstAddress = 3;
        public const ushort LastAddress = 4;
        public const ushort FirstPort = 5;
        public const ushort LastPort = 6;
        public const ushort Flags = 7;
    }

    /// <summary><c>NFTA_MASQ_*</c>.</summary>
    public static class Masquerade
    {
        public const ushort Flags = 1;
        public const ushort FirstPort = 2;
        public const ushort LastPort = 3;
    }

    /// <summary><c>NFTA_REDIR_*</c>.</summary>
    public static class Redirect
    {
        public const ushort FirstPort = 1;
        public const ushort LastPort = 2;
        public const ushort Flags = 3;
    }

    /// <summary><c>NFTA_TPROXY_*</c>.</summary>
    public static class TransparentProxy
    {
        public const ushort Family = 1;
        public const ushort Address = 2;
        public const ushort Port = 3;
    }

    /// <summary><c>NFTA_DUP_*</c>.</summary>
    public static class Duplicate
    {
        public const ushort Address = 1;
        public const ushort Device = 2;
    }

    /// <summary><c>NFTA_FWD_*</c>.</summary>
    public static class Forward
    {
        public const ushort Device = 1;
        public const ushort Address = 2;
        public const ushort Family = 3;
    }

    /// <summary><c>NFTA_OBJREF_*</c>.</summary>
    public static class ObjectReference
    {
        public const ushort Kind = 1;
        public const ushort Name = 2;
        public const ushort Source = 3;
        public const ushort Set = 4;
    }

    /// <summary><c>NFTA_CONNLIMIT_*</c>.</summary>
    public static class ConnectionLimit
    {
        public const ushort Count = 1;
        public const ushort Flags = 2;
    }

    /// <summary><c>NFTA_SYNPROXY_*</c>.</summary>
    public static class SynProxy
    {
        public const ushort SegmentSize = 1;
        public const ushort WindowScale = 2;
        public const ushort Flags = 3;
    }

    /// <summary><c>NFTA_FLOW_*</c>.</summary>
    public static class FlowOffload
    {
        public const ushort Table = 1;
    }

    /// <summary><c>NFTA_MATCH_*</c>, <c>NFTA_TARGET_*</c> and <c>NFTA_COMPAT_*</c>: an extension of x_tables.</summary>
    public static class Extension
    {
        public const ushort Name = 1;
        public const ushort Revision = 2;
        public const ushort Info = 3;

        /// <summary>In <see cref="Message.GetExtension"/>, in place of the info: 0 a match, 1 a target.</summary>
        public const ushort Type = 3;
    }
}
