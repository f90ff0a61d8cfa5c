using System.Globalization;

namespace HttpWireAnalyzer.Capture;

/// <summary>Oddities that a file may show a million times; each is one remark, with the offset of the first.</summary>
internal enum Oddity
{
    /// <summary>Not repeatable: what ends the reading.</summary>
    None,
    ImpossibleFraction,
    NoTime,
    UnknownInterface,
    PacketTooLongForBlock,
    BlockTooLong,
    BlockTooShort,
    UnpaddedBlock,
    UnknownMinorVersion,
    UnfilteredLinkType,
    UnknownLinkType,
    SecretsTooLong,
    CountOfOddLength,
}

/// <summary>The remarks on one file. Bounded: an <see cref="Oddity"/> is written once, and then counted.</summary>
internal sealed class RemarkLog(string file)
{
    private readonly List<(Oddity Oddity, CaptureRemark Remark)> _remarks = [];
    private readonly Dictionary<Oddity, long> _counts = [];

    public IReadOnlyList<CaptureRemark> Remarks => [.. _remarks.Select(entry => WithCount(entry.Oddity, entry.Remark))];

    public void Add(CaptureRemarkKind kind, in FormatError error) => Add(Oddity.None, kind, error);

    public void Add(Oddity oddity, CaptureRemarkKind kind, in FormatError error)
    {
        _remarks.Add((oddity, new CaptureRemark(kind, file, error.Offset, error.Expected, error.Found)));
        _counts[oddity] = 1;
    }

    /// <summary>Adds the oddity, or counts it if it was seen before.</summary>
    public void Note(Oddity oddity, CaptureRemarkKind kind, in FormatError error)
    {
        if (!Repeats(oddity))
        {
            Add(oddity, kind, error);
        }
    }

    /// <summary>Counts the oddity if it was seen before; if not, the caller words it and adds it.</summary>
    public bool Repeats(Oddity oddity)
    {
        if (!_counts.TryGetValue(oddity, out var count))
        {
            return false;
        }

        _counts[oddity] = count + 1;
        return true;
    }

    private CaptureRemark WithCount(Oddity oddity, CaptureRemark remark)
    {
        if (oddity == Oddity.None || _counts[oddity] == 1)
        {
            return remark;
        }

        var times = string.Create(CultureInfo.InvariantCulture, $"{remark.Found} (the first of {_counts[oddity]})");
        return remark with { Found = times };
    }
}
