using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings;

/// <summary>A value with its name and what it counts.</summary>
/// <param name="Name">As in JSON: lower case, words joined by underscores.</param>
/// <param name="Text">Of <see cref="MeasureUnit.Text"/> alone.</param>
public readonly record struct Measure(string Name, MeasureUnit Unit, long Value, string? Text = null)
{
    /// <summary>Each letter of the text is an octet, as where words come off the wire; what is said of a file has letters of its own.</summary>
    public bool IsOfOctets { get; private init; }

    public static Measure Duration(string name, long nanoseconds) => new(name, MeasureUnit.Nanoseconds, nanoseconds);

    public static Measure Octets(string name, long octets) => new(name, MeasureUnit.Octets, octets);

    public static Measure Count(string name, long count) => new(name, MeasureUnit.Count, count);

    /// <summary>A share of the whole, to the nearest thousandth, as lists and summaries round: 125 is 12.5 %.</summary>
    public static Measure Share(string name, long part, long whole) =>
        new(name, MeasureUnit.Thousandths, whole == 0 ? 0 : (long)decimal.Round(part * 1000m / whole, MidpointRounding.AwayFromZero));

    /// <summary>Words off the wire, or a name that has ASCII letters only.</summary>
    public static Measure Words(string name, string text) => new(name, MeasureUnit.Text, 0, text) { IsOfOctets = true };

    /// <summary>A file's name, or what was found in it: in any letters.</summary>
    public static Measure Letters(string name, string text) => new(name, MeasureUnit.Text, 0, text);

    public static Measure Frame(string name, PacketRef packet) => new(name, MeasureUnit.Frame, packet.Number);

    /// <summary>One of the two ends, named in the reader's language.</summary>
    public static Measure End(string name, Side side) => new(name, MeasureUnit.End, (long)side);

    /// <summary>Thousandths of one a second: 470,000 is 470 a second.</summary>
    public static Measure Rate(string name, long thousandths) => new(name, MeasureUnit.ThousandthsPerSecond, thousandths);
}

/// <summary>What a measure counts.</summary>
public enum MeasureUnit : byte
{
    Count,
    Nanoseconds,
    Octets,

    /// <summary>Of a whole.</summary>
    Thousandths,
    ThousandthsPerSecond,

    /// <summary>A mean of counts, in ten-thousandths.</summary>
    Mean,

    /// <summary>A packet's number.</summary>
    Frame,

    /// <summary>A <see cref="Side"/>.</summary>
    End,

    /// <summary>A <see cref="WhyClosed"/>, as a clause in the reader's language.</summary>
    Reason,

    /// <summary>Words.</summary>
    Text,
}
