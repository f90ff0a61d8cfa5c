using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Pools;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Findings.Ports;
using HttpWireAnalyzer.Findings.WhatIf;
using HttpWireAnalyzer.Reporting.Ports;

namespace HttpWireAnalyzer.Cli.Findings;

/// <summary>hwa pools --what-if: each pool as it would have been with connections kept.</summary>
internal static class WhatIfReport
{
    public static int Run(Selection selection, Session session, Language language)
    {
        var taken = new ReuseQuestion();
        var line = new FindingsLine([], FindingLimits.Default, taken);
        var pools = new PoolAccount(line);
        var totals = session.Run(pools, AnalysisTaps.None);
        var standings = taken.Ports.Standings(PortProfile.Linux).ToDictionary(standing => standing.Pool);
        var text = new WhatIfText(session.Text, session.Style, language);
        var isEmpty = true;
        foreach (var record in selection.Of(pools.Report()).Pools)
        {
            var name = new PoolName(record.Client, record.Server);
            var limit = line.IdleLimitOf(name);
            if (taken.Requests.Of(name)?.Run(limit, PortProfile.Linux.TimeWait) is { } outcome)
            {
                isEmpty = false;
                text.Write(name, record, outcome, standings.GetValueOrDefault(name), limit);
            }
        }

        if (isEmpty)
        {
            text.WriteNone();
        }
        else
        {
            text.WriteAssumptions(taken.Requests.LeftOut);
        }

        return session.FinishText(totals);
    }
}
