using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Reporting.Packets;
using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Cli;

/// <summary>What the command line asks for.</summary>
internal sealed record Request : SessionRequest
{
    public required Verb Verb { get; init; }

    public bool Json { get; init; }

    /// <summary>Text, even where there is a terminal to show a screen on.</summary>
    public bool Plain { get; init; }

    /// <summary>Columns even where the output is no terminal.</summary>
    public bool Table { get; init; }

    /// <summary>Commas between fields, where programs get tabs.</summary>
    public bool Commas { get; init; }

    public bool Digest { get; init; }

    public bool WithExchanges { get; init; }

    /// <summary>Names given to -e; empty for the usual ones.</summary>
    public IReadOnlyList<string> FieldNames { get; init; } = [];

    /// <summary>A field's name, with - before it for descending; null unsorted.</summary>
    public string? Sort { get; init; }

    public Side? Side { get; init; }

    public StreamForm Form { get; init; }

    /// <summary>-t; null where it was not given.</summary>
    public PacketTime? Time { get; init; }

    public bool ShowSecrets { get; init; }

    /// <summary>Where packets are written; null where the verb writes none.</summary>
    public string? Output { get; init; }

    /// <summary>Take the place of a file that is there.</summary>
    public bool Force { get; init; }

    /// <summary>-Y chooses packets where it would choose connections.</summary>
    public bool ByPacket { get; init; }

    /// <summary>Findings so bad or worse fail the run; null where none does.</summary>
    public Severity? FailOn { get; init; }

    /// <summary>--lang as given; null for the environment's.</summary>
    public string? Language { get; init; }

    /// <summary>--theme as given; null for the environment's.</summary>
    public string? Theme { get; init; }

    /// <summary>Every finding of a rule, where the first ones would do.</summary>
    public bool All { get; init; }

    /// <summary>Thresholds as given to --set.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>Whose ports and TIME_WAIT are meant; null for Linux's.</summary>
    public string? Profile { get; init; }

    /// <summary>Pools are told as they would be with connections kept.</summary>
    public bool WhatIf { get; init; }

    /// <summary>A file of findings that are known; null without one.</summary>
    public string? Baseline { get; init; }

    /// <summary>For story and follow; -1 where <see cref="SessionRequest.DisplayFilter"/> or that there is only one stands in its place.</summary>
    public int Connection { get; init; } = -1;
}

/// <summary>What hwa can be told to do.</summary>
internal enum Verb : byte
{
    Summary,
    Conns,
    Exchanges,
    Pools,
    Ports,
    Findings,
    Packets,
    Story,
    Follow,
    Slice,
}

/// <summary>How follow writes the octets.</summary>
internal enum StreamForm : byte
{
    Http,
    Hex,
    Raw,
}
