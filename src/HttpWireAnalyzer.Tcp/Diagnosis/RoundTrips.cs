using System.Runtime.CompilerServices;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Tcp.Diagnosis;

/// <summary>
/// Round trips from the tap to the receiver and back, one measured at a time, never of octets sent twice (Karn's
/// rule, RFC 6298 §3) unless timestamps tell which copy was acknowledged (RFC 7323 §4).
/// </summary>
internal static class RoundTrips
{
    /// <summary>Nanoseconds: a power of two, and below what a tap resolves.</summary>
    public const int Unit = 1 << UnitShift;

    private const int UnitShift = 8;

    /// <summary>69 seconds: no round trip; a larger figure would overflow the smoothed one.</summary>
    public const uint Longest = 1u << 28;

    /// <summary>
    /// Round trips after which a series is made. A 95th percentile of fewer says nothing, and most connections are
    /// shorter: they cost no allocation.
    /// </summary>
    private const int BeforeSeries = 16;

    public static uint UnitsOf(long nanoseconds) => unchecked((uint)(nanoseconds >> UnitShift));

    public static void Start(ref EndDiagnosis end, long now)
    {
        end.TimedEnd = end.Next;
        end.TimedAt = UnitsOf(now);
        end.Flags |= DiagnosisFlags.Timed;
    }

    /// <param name="acknowledged">Beyond what the capture has, it does not tell when the octet that is timed was acknowledged.</param>
    /// <param name="isMeant">It is the acknowledgment of that octet, not of later ones.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Finish(ref EndDiagnosis end, uint acknowledged, long now, StreamPool pool, bool isMeant)
    {
        end.Flags &= ~DiagnosisFlags.Timed;
        var sample = unchecked(UnitsOf(now) - end.TimedAt);
        // A clock that ran backwards gives a figure that wrapped.
        if (isMeant && sample < Longest && SequenceNumber.Distance(acknowledged, end.Next) <= 0)
        {
            Add(ref end, sample, pool);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(ref EndDiagnosis end, uint sample, StreamPool pool)
    {
        if (end.Samples == 0)
        {
            // RFC 6298 §2.2: the first one.
            end.SmoothedBy8 = sample * 8;
            end.VariationBy4 = sample * 2;
            end.LeastRoundTrip = end.MostRoundTrip = sample;
        }
        else
        {
            // RFC 6298 §2.3, in the integers of its reference: alpha is 1/8, beta 1/4.
            var smoothed = end.SmoothedBy8 >> 3;
            var difference = sample > smoothed ? sample - smoothed : smoothed - sample;
            end.VariationBy4 += difference - (end.VariationBy4 >> 2);
            end.SmoothedBy8 += sample - smoothed;
            end.LeastRoundTrip = uint.Min(end.LeastRoundTrip, sample);
            end.MostRoundTrip = uint.Max(end.MostRoundTrip, sample);
        }

        if (end.Samples < BeforeSeries)
        {
            end.Samples++;
            end.SumOfRoundTrips += uint.Min(sample, uint.MaxValue - end.SumOfRoundTrips);
            return;
        }

        var series = end.Detail?.RoundTrips ?? pool.RoundTripsOf(ref end);
        series.Add(sample);
    }

    /// <summary>The timeout that a sender computes, nanoseconds; 0 before the first round trip.</summary>
    public static long TimeoutOf(in EndDiagnosis end) => end.Samples == 0
        ? 0
        : ((long)(end.SmoothedBy8 >> 3) * Unit) + long.Max(LeastTimeout, (long)end.VariationBy4 * Unit);

    /// <summary>Linux (TCP_RTO_MIN) adds at least 200 ms to SRTT; RFC 6298 §2.4 asks for a whole second and nobody obeys.</summary>
    public const long LeastTimeout = 200_000_000;

    /// <summary>From the tap to a sender and back, nanoseconds: the least seen; 0 where unknown.</summary>
    /// <param name="other">The end that it talks with, whose octets it acknowledges.</param>
    public static long WayTo(in EndDiagnosis other) => other.Samples > 0 ? (long)other.LeastRoundTrip * Unit : 0;

    public static void Summarise(in EndDiagnosis end, ref RoundTripSummary summary)
    {
        var series = end.Detail?.RoundTrips;
        if (end.Samples == 0)
        {
            summary = default;
            return;
        }

        summary.Samples = end.Samples + (series?.Count ?? 0);
        summary.Least = (long)end.LeastRoundTrip * Unit;
        summary.Average = (series is null
            ? end.SumOfRoundTrips / end.Samples
            : (end.SumOfRoundTrips + series.Sum) / summary.Samples) * Unit;
        summary.Most = (long)end.MostRoundTrip * Unit;
        summary.Percentile95 = series is null ? -1 : long.Min(series.Percentile95(), end.MostRoundTrip) * Unit;
        summary.Smoothed = (end.SmoothedBy8 >> 3) * (long)Unit;
        summary.Timeout = TimeoutOf(end);
    }
}
