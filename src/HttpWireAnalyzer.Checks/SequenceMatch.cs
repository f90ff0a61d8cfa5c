namespace HttpWireAnalyzer.Checks;

/// <summary>Whether events follow a sequence.</summary>
internal static class SequenceMatch
{
    /// <summary>The first step that cannot be met, however the steps before it are; -1 where all are.</summary>
    /// <remarks>
    /// For each step, the events at which it can be met are found from those of the step before. Of several of those that
    /// stand before an event, the latest is the best: it is nearest in time, and leaves least room for what must not come.
    /// So one look at each event is enough for each step.
    /// </remarks>
    /// <param name="events">In capture order.</param>
    public static int FirstMissing(IReadOnlyList<SequenceStep> steps, IReadOnlyList<WireEvent> events)
    {
        bool[]? reached = null;
        List<int> forbidden = [];
        for (var step = 0; step < steps.Count; step++)
        {
            if (steps[step].IsNone)
            {
                forbidden.Add(step);
                continue;
            }

            var next = Reach(steps, step, forbidden, events, reached);
            if (!next.Contains(true))
            {
                // Without what must not come between, it would be met: that is what is wrong then.
                return forbidden.Count > 0 && Reach(steps, step, [], events, reached).Contains(true) ? forbidden[0] : step;
            }

            (reached, forbidden) = (next, []);
        }

        return forbidden.Count > 0 && !CanEnd(steps, forbidden, events, reached) ? forbidden[0] : -1;
    }

    /// <param name="before">Where the step before can be met; null where there is none.</param>
    private static bool[] Reach(
        IReadOnlyList<SequenceStep> steps, int step, List<int> forbidden, IReadOnlyList<WireEvent> events, bool[]? before)
    {
        var reached = new bool[events.Count];
        var latest = -1;
        var isOpen = before is null;
        for (var i = 0; i < events.Count; i++)
        {
            if (isOpen && Is(steps, step, events[i]) && IsInTime(steps[step], events, latest, i))
            {
                reached[i] = true;
            }

            if (forbidden.Exists(none => Is(steps, none, events[i])))
            {
                isOpen = false;
            }

            if (before is not null && before[i])
            {
                (latest, isOpen) = (i, true);
            }
        }

        return reached;
    }

    /// <summary>Nothing forbidden comes after the latest place of the last step.</summary>
    private static bool CanEnd(IReadOnlyList<SequenceStep> steps, List<int> forbidden, IReadOnlyList<WireEvent> events, bool[]? reached)
    {
        var latest = reached is null ? -1 : Array.LastIndexOf(reached, true);
        return !events.Skip(latest + 1).Any(one => forbidden.Exists(none => Is(steps, none, one)));
    }

    private static bool IsInTime(SequenceStep step, IReadOnlyList<WireEvent> events, int before, int at) =>
        step.Within is not { } within || before < 0 || events[at].Packet.Time.Since(events[before].Packet.Time) <= within;

    private static bool Is(IReadOnlyList<SequenceStep> steps, int step, in WireEvent one) =>
        steps[step].Event == one.Kind
        && (steps[step].From is not { } from || from == one.From)
        && (one.Fits >> step & 1) != 0;
}
