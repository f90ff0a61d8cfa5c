using FsCheck;
using FsCheck.Fluent;
using HttpWireAnalyzer.Checks;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.UnitTests.Checks;

/// <summary>The one look at each event against all ways of laying the steps over the events.</summary>
public sealed class SequenceMatchTests
{
    [Fact]
    public void A_sequence_is_followed_where_some_way_of_laying_it_over_the_events_fits() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue).ToArbitrary(),
        seed =>
        {
            var random = new Random(seed);
            var time = 0L;
            List<WireEvent> events = [.. Enumerable.Range(1, random.Next(8)).Select(number => new WireEvent(
                Kind(random), (Side)random.Next(2), new PacketRef(number, new Timestamp(time += random.Next(4))), ulong.MaxValue))];
            List<SequenceStep> steps = [.. Enumerable.Range(0, random.Next(1, 5)).Select(place => Step(random, isFirst: place == 0))];
            return (SequenceMatch.FirstMissing(steps, events) < 0) == Follows(steps, events, 0, 0, -1, []);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));

    private static WireEventKind Kind(Random random) => (WireEventKind)random.Next(3, 6);

    private static SequenceStep Step(Random random, bool isFirst)
    {
        var isNone = random.Next(4) == 0;
        return new SequenceStep
        {
            Event = Kind(random),
            From = random.Next(2) == 0 ? null : (Side)random.Next(2),
            IsNone = isNone,
            Within = isNone || isFirst || random.Next(2) == 0 ? null : random.Next(5),
            Text = "",
        };
    }

    /// <summary>Tries every event for every step.</summary>
    private static bool Follows(
        IReadOnlyList<SequenceStep> steps, IReadOnlyList<WireEvent> events, int step, int from, int before, IReadOnlyList<SequenceStep> forbidden)
    {
        if (step == steps.Count)
        {
            return !events.Skip(from).Any(one => forbidden.Any(none => Is(none, one)));
        }

        if (steps[step].IsNone)
        {
            return Follows(steps, events, step + 1, from, before, [.. forbidden, steps[step]]);
        }

        for (var at = from; at < events.Count; at++)
        {
            var isInTime = steps[step].Within is not { } within || before < 0
                || events[at].Packet.Time.Since(events[before].Packet.Time) <= within;
            var isClear = !events.Skip(from).Take(at - from).Any(one => forbidden.Any(none => Is(none, one)));
            if (isInTime && isClear && Is(steps[step], events[at]) && Follows(steps, events, step + 1, at + 1, at, []))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Is(SequenceStep step, WireEvent one) => step.Event == one.Kind && (step.From is null || step.From == one.From);
}
