namespace Candor.Effects.Dns;

/// <summary>The record types that Candor asks for; the numbers are the wire's.</summary>
internal enum DnsType : ushort
{
    A = 1,
    NS = 2,
    CNAME = 5,
    SOA = 6,
    MX = 15,
    TXT = 16,
    AAAA = 28,
    SRV = 33,
}

/// <summary>How a server answered; the numbers are the wire's.</summary>
internal enum DnsCode
{
    NoError = 0,
    FormatError = 1,
    ServerFailure = 2,
    NoSuchName = 3,
    NotImplemented = 4,
    Refused = 5,
}

/// <summary>One record of an answer. <see cref="Value"/> is the usual zone-file text; <see cref="Bytes"/> the raw data of an address.</summary>
internal sealed record DnsRecord(string Name, DnsType Type, TimeSpan Ttl, string Value, byte[] Bytes);

/// <summary>What a server said.</summary>
internal sealed record DnsReply(DnsCode Code, bool Truncated, IReadOnlyList<DnsRecord> Answers)
{
    /// <summary>The wire's number, also where it has no name here.</summary>
    public string CodeName => Code switch
    {
        DnsCode.NoError => "NOERROR",
        DnsCode.FormatError => "FORMERR",
        DnsCode.ServerFailure => "SERVFAIL",
        DnsCode.NoSuchName => "NXDOMAIN",
        DnsCode.NotImplemented => "NOTIMP",
        DnsCode.Refused => "REFUSED",
        _ => $"RCODE {(int)Code}",
    };
}
