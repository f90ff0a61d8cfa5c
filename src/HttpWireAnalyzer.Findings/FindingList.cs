using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings;

/// <summary>Takes findings from the rules, weakens those whose connection was not captured whole, and keeps them in bounds.</summary>
public sealed class FindingList
{
    private static readonly Phrase WholeStreams = new(
        "every octet of the connection was captured", "연결의 모든 옥텟이 캡처됨");

    private static readonly Phrase WholeCapture = new(
        "the capture lost no packets", "캡처가 패킷을 잃지 않음");

    private readonly FindingLimits _limits;
    private readonly List<Finding> _findings = [];
    private readonly List<Finding> _notTold = [];
    private readonly Dictionary<string, int> _countsNotTold = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly ConnectionCase _case;

    /// <summary>What is reported is about <see cref="_case"/>.</summary>
    private bool _isOfCase;

    /// <summary>The rule that was last found to have as many as are kept: it is asked of exchange after exchange.</summary>
    private RuleCard? _full;

    private readonly IFindingAlarm? _alarm;

    /// <param name="connection">Tells of one connection after the other.</param>
    internal FindingList(FindingLimits limits, IFindingAlarm? alarm, ConnectionCase connection)
    {
        _case = connection;
        _limits = limits;
        _alarm = alarm;
    }

    /// <summary>
    /// Findings that were not kept, beyond <see cref="FindingLimits.FindingsOfRule"/>, and cases that no rule could keep and
    /// judge, beyond <see cref="FindingLimits.Suspects"/>.
    /// </summary>
    public long LeftOut { get; private set; }

    /// <summary>Of what a rule keeps itself.</summary>
    internal FindingLimits Limits => _limits;

    /// <summary>Findings that were as good as guesses once the capture's holes were counted.</summary>
    public long Withheld { get; private set; }

    /// <summary>Of <see cref="Withheld"/>, those that are kept.</summary>
    public IReadOnlyList<Finding> NotTold => _notTold;

    /// <summary>Reports a finding on the connection at hand, or on more than one.</summary>
    public void Add(Finding finding)
    {
        if (!_isOfCase)
        {
            Keep(finding, finding);
            return;
        }

        Add(finding.Subject.Pool is null ? finding with { Subject = finding.Subject with { Pool = _case.PoolName } } : finding,
            _case.Wholeness);
    }

    /// <summary>Reports a finding on a connection that has ended before.</summary>
    public void Add(Finding finding, Wholeness captured)
    {
        if (finding.Rule.NeedsBothDirections && !captured.HasBothDirections)
        {
            Withhold(finding);
        }
        else
        {
            Keep(finding, captured.HasGaps ? Weakened(finding, WholeStreams) : finding);
        }
    }

    /// <summary>
    /// Counts a finding that would only be counted, so that a rule which speaks of exchange after exchange need not put it
    /// into words; false where it would be kept, or somebody listens for it.
    /// </summary>
    internal bool TryLeaveOut(RuleCard rule)
    {
        if (ReferenceEquals(rule, _full))
        {
            LeftOut++;
            return true;
        }

        if (_alarm is not null || _counts.GetValueOrDefault(rule.Id) < _limits.FindingsOfRule)
        {
            return false;
        }

        _full = rule;
        LeftOut++;
        return true;
    }

    /// <summary>A case that waits to be judged until all is known: who watches live hears of it now.</summary>
    public void Suspect(RuleCard rule, PacketRef packet) => _alarm?.OnSuspect(rule, packet);

    /// <summary>Whether a rule that has kept so many cases may keep one more until all is known; else it is counted as left out.</summary>
    internal bool TryKeep(int kept) => TryKeep(kept, _limits.Suspects);

    /// <summary>The same, of cases of which so many are kept at most.</summary>
    internal bool TryKeep(int kept, int most)
    {
        if (kept < most)
        {
            return true;
        }

        LeftOut++;
        return false;
    }

    /// <summary>Counts what a rule would have told, had it kept it.</summary>
    internal void LeaveOut(int findings) => LeftOut += findings;

    /// <summary>What is reported until <see cref="End"/> is about this connection.</summary>
    internal void Begin() => _isOfCase = true;

    internal void End() => _isOfCase = false;

    /// <summary>Those that are kept, in the order in which they were found: later ones stand behind.</summary>
    internal IReadOnlyList<Finding> SoFar() => [.. _findings];

    /// <summary>All of them, worst first; then by rule, time and connection.</summary>
    /// <param name="lostPackets">The capture lost packets: who rests on silence is less sure.</param>
    internal IReadOnlyList<Finding> Settle(bool lostPackets)
    {
        var settled = new List<Finding>(_findings.Count);
        foreach (var finding in _findings)
        {
            var weighed = lostPackets && finding.Rule.RestsOnSilence ? Weakened(finding, WholeCapture) : finding;
            if (weighed is not null)
            {
                settled.Add(weighed);
            }
            else
            {
                Withhold(finding);
            }
        }

        return [.. settled
            .OrderByDescending(finding => finding.Severity)
            .ThenBy(finding => finding.Rule.Id, StringComparer.Ordinal)
            .ThenBy(finding => finding.From.Number)
            .ThenBy(finding => finding.Subject.Connection)
            .ThenBy(finding => finding.Subject.Exchange)];
    }

    /// <param name="found">As the rule found it.</param>
    /// <param name="finding">As sure as the capture allows; null where nothing is left of it.</param>
    private void Keep(Finding found, Finding? finding)
    {
        if (finding is null)
        {
            Withhold(found);
            return;
        }

        _alarm?.OnFinding(finding);
        var count = _counts.GetValueOrDefault(finding.Rule.Id);
        _counts[finding.Rule.Id] = count + 1;
        if (count < _limits.FindingsOfRule)
        {
            _findings.Add(finding);
        }
        else
        {
            LeftOut++;
        }
    }

    private void Withhold(Finding finding)
    {
        Withheld++;
        var count = _countsNotTold.GetValueOrDefault(finding.Rule.Id);
        if (count < _limits.FindingsOfRule)
        {
            _countsNotTold[finding.Rule.Id] = count + 1;
            _notTold.Add(finding);
        }
    }

    /// <summary>One step less sure; null where nothing is left.</summary>
    private static Finding? Weakened(Finding finding, Phrase why) => finding.Confidence == Confidence.Possible
        ? null
        : finding with
        {
            Confidence = finding.Confidence - 1,
            Guards = [.. finding.Guards, new Guard(why, Passed: false)],
        };
}
