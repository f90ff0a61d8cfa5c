using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Capture.Pcapng;

/// <summary>What an interface's time stamps count (draft-ietf-opsawg-pcapng §4.2, if_tsresol, if_tsoffset).</summary>
internal readonly struct TimeScale
{
    /// <summary>Microseconds: what an interface without if_tsresol counts.</summary>
    public const byte DefaultResolution = 6;

    private const byte PowerOfTwo = 0x80;
    private const byte ExponentMask = 0x7f;
    private const int NanosecondExponent = 9;

    // Draft §4.2: the offset is seconds; the ticks are resolution^exponent to the second.
    private readonly bool _binary;
    private readonly int _exponent;
    private readonly long _offsetSeconds;

    // Set where nanoseconds are the ticks times a whole number and there is no offset: every capture in practice.
    private readonly ulong _multiplier;
    private readonly ulong _largest;

    public TimeScale(byte resolution, long offsetSeconds)
    {
        _binary = (resolution & PowerOfTwo) != 0;
        _exponent = resolution & ExponentMask;
        _offsetSeconds = offsetSeconds;
        if (!_binary && _exponent <= NanosecondExponent && offsetSeconds == 0)
        {
            _multiplier = PowerOfTen(NanosecondExponent - _exponent);
            _largest = long.MaxValue / _multiplier;
        }
    }

    /// <summary>Times before 1678 or after 2262 stay at those ends: nanoseconds in 64 bits reach no further.</summary>
    public Timestamp Time(ulong ticks) => _multiplier != 0 && ticks <= _largest
        ? new Timestamp((long)(ticks * _multiplier))
        : Exactly(ticks);

    private Timestamp Exactly(ulong ticks)
    {
        var nanoseconds = _binary
            ? (Int128)(((UInt128)ticks * Timestamp.NanosecondsPerSecond) >> _exponent)
            : Decimal(ticks);
        nanoseconds += (Int128)_offsetSeconds * Timestamp.NanosecondsPerSecond;
        return new Timestamp((long)Int128.Clamp(nanoseconds, long.MinValue, long.MaxValue));
    }

    private Int128 Decimal(ulong ticks)
    {
        if (_exponent <= NanosecondExponent)
        {
            return (Int128)ticks * PowerOfTen(NanosecondExponent - _exponent);
        }

        // 10^20 and more to the nanosecond: 64 bits of such ticks are less than one nanosecond.
        var excess = _exponent - NanosecondExponent;
        return excess < 20 ? ticks / PowerOfTen(excess) : 0;
    }

    private static ulong PowerOfTen(int exponent)
    {
        ulong power = 1;
        for (var i = 0; i < exponent; i++)
        {
            power *= 10;
        }

        return power;
    }
}
