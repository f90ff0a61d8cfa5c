using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Findings.Ports;
using HttpWireAnalyzer.Reporting.Ports;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Tui.Columns;
using HttpWireAnalyzer.Tui.Layout;
using HttpWireAnalyzer.Tui.Rows;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Tui.Views;

/// <summary>Below a list: what is known of the row under the cursor.</summary>
internal static class PreviewView
{
    public static void Draw(Model model, Sheet sheet, int top, int height)
    {
        if (height <= 0 || model.List is not { } list || model.RowAt(list, list.Cursor) is not (>= 0 and var row))
        {
            return;
        }

        switch (model.View)
        {
            case ViewKind.Connections:
                DrawConnection(model, sheet, model.Capture.Rows.Connections[row], 0, top, height);
                break;
            case ViewKind.Exchanges:
                var exchange = model.Capture.Rows.Exchanges[row];
                DrawConnection(model, sheet, model.Capture.Rows.Connections[exchange.Connection], exchange.Frame, top, height);
                break;
            case ViewKind.Findings:
                DrawFinding(model, sheet, model.Capture.Findings!.Findings[row], top, height);
                break;
            case ViewKind.Pools:
                DrawPool(model, sheet, row, top, height);
                break;
            case ViewKind.Ports:
                DrawPorts(model, sheet, model.Standings![row], top, height);
                break;
            default:
                break;
        }
    }

    /// <summary>A line across, with what stands below it.</summary>
    public static void Rule(Sheet sheet, int y, string title)
    {
        var text = $"── {Sheet.Cut(title, sheet.Width - 4)} ";
        sheet.Put(0, y, text + new string('─', int.Max(0, sheet.Width - Sheet.WidthOf(text))), Tone.Dim);
    }

    /// <param name="frame">The packet that the story is shown around; 0 for what went wrong.</param>
    private static void DrawConnection(Model model, Sheet sheet, in ConnectionRow row, long frame, int top, int height)
    {
        var rule = row.Rule is { } id && RuleBook.Find(id) is { } card ? $"  {CellText.Finding(row)} {card.Title.In(model.Wording.Language)}" : "";
        Rule(sheet, top, Sheet.Cut($"{CellText.Plain(row.Number)}  {CellText.Ends(row)}{rule}", sheet.Width - 4));
        var rows = height - 1;
        if (model.Detail is { Detail: not null } detail && detail.Number == row.Number)
        {
            if (frame > 0)
            {
                DrawAround(sheet, detail.Story, frame, top + 1, rows);
            }
            else
            {
                DrawStory(sheet, detail.Story, top + 1, rows);
            }

            return;
        }

        DrawFacts(model, sheet, row, top + 1, rows);
    }

    /// <summary>The verdict, and as much of the course as leads to what it points at.</summary>
    private static void DrawStory(Sheet sheet, IReadOnlyList<StoryRow> story, int top, int rows)
    {
        var verdict = story.TakeWhile(row => row.Part == StoryPart.Verdict).Count();
        var shown = int.Min(verdict > 0 ? verdict - 1 : 0, rows);
        for (var i = 0; i < shown; i++)
        {
            sheet.Put(1, top + i, story[i].Runs, sheet.Width - 1);
        }

        var end = story.Count;
        for (var at = story.Count - 1; at >= verdict && (story[at].Part != StoryPart.Course || !(story[at].IsEvidence || at == verdict)); at--)
        {
            end = story[at].Part == StoryPart.Answers ? at : end;
        }

        // Lines that belong to the last packet go on below it.
        var room = rows - shown;
        var from = int.Max(verdict, end - room);
        for (var i = 0; i < room && from + i < end; i++)
        {
            var row = story[from + i];
            sheet.Put(1, top + shown + i, row.Runs, sheet.Width - 1);
            sheet.Put(0, top + shown + i, row.Sign.Text, row.Sign.Tone);
        }
    }

    /// <summary>The course of the connection with a packet in the middle, and a sign before it.</summary>
    private static void DrawAround(Sheet sheet, IReadOnlyList<StoryRow> story, long frame, int top, int rows)
    {
        List<StoryRow> course = [.. story.Where(row => row.Part == StoryPart.Course)];
        var line = CourseView.Draw(sheet, course, frame, top, rows);
        if (rows > 0 && course.Count > 0)
        {
            sheet.Put(0, int.Max(top, line), "▶", Tone.Key);
        }
    }

    private static void DrawFacts(Model model, Sheet sheet, in ConnectionRow row, int top, int rows)
    {
        // States and octets are counted when a connection leaves.
        string[] facts =
        [
            $"{Quantity.Time(row.Start)}   {Quantity.Duration(row.Duration)}   #{row.FirstFrame} – #{row.LastFrame}",
            .. row.Has(RowFlags.UnderWay) ? Array.Empty<string>() : [$"{CellText.StateOf(row.ClientState, row.Has(RowFlags.ClientAssumed))} ◀▶ {CellText.StateOf(row.ServerState, row.Has(RowFlags.ServerAssumed))}   "
                + $"▶ {Quantity.Octets(row.ClientOctets)}   ◀ {Quantity.Octets(row.ServerOctets)}"],
            CellText.Closer(row, model.Wording.Language) + "   " + CellText.Why(row, model.Wording.Language),
            model.Detail is { } detail && detail.Number == row.Number && detail.Failure is null
                ? Progress(model, detail)
                : model.Wording.EnterReads,
        ];
        for (var i = 0; i < facts.Length && i < rows; i++)
        {
            sheet.Put(1, top + i, Sheet.Cut(facts[i], sheet.Width - 1), i == facts.Length - 1 ? Tone.Dim : Tone.Plain);
        }
    }

    public static string Progress(Model model, DetailState detail) =>
        $"{Update.Text(model.Wording.ReadingConnection, detail.Number)} {(int)(detail.Share * 100)} %";

    private static void DrawFinding(Model model, Sheet sheet, Finding finding, int top, int height)
    {
        Rule(sheet, top, $"{finding.Rule.Id}  {finding.Rule.Title.In(model.Wording.Language)}");
        var y = top + 1;
        foreach (var line in FindingLayout.Lines(finding, model.Wording, sheet.Width - 2).Take(height - 1))
        {
            sheet.Put(1, y++, line.Text, line.Tone);
        }
    }

    private static void DrawPool(Model model, Sheet sheet, int row, int top, int height)
    {
        var pool = model.Capture.Pools!.Pools[row];
        if (model.WhatIf is { } whatIf && whatIf.Pool == new PoolName(pool.Client, pool.Server))
        {
            WhatIfView.Draw(model, sheet, pool, whatIf, top, height);
            return;
        }

        var line = pool.Occupancy.TimeLine;
        Rule(sheet, top, $"{pool.Client} → {pool.Server}");
        if (pool.Connections is { Present: > 0 and var present, Total: var total } && height > 1)
        {
            var later = Update.Text(model.Wording.PoolLater, Quantity.Count(present), Quantity.Count(total));
            sheet.Put(1, top + 1, Sheet.Cut(later, sheet.Width - 2), Tone.Dim);
            (top, height) = (top + 1, height - 1);
        }

        DrawCharts(
            model, sheet, top + 1, height - 1, pool.First.Time, pool.First.Time.Plus(line.Step * line.Open.Count),
            (model.Wording.OpenLegend, line.Open, Tone.Client), (model.Wording.BusyLegend, line.Busy, Tone.Warning));
    }

    private static void DrawPorts(Model model, Sheet sheet, PortStanding standing, int top, int height)
    {
        var (pool, use, forecast) = standing;
        Rule(sheet, top, pool.ToString());
        Run[] said =
        [
            new Run(PortText.ForecastOf(standing, model.Wording.Language), forecast.Exhausted >= 0 ? Tone.Error : Tone.Plain),
            new Run(forecast.Rate > 0
                ? PortText.RateOf(forecast, model.Wording.Language)
                : Update.Text(model.Wording.PortLimit, Quantity.Count(forecast.Limit), Quantity.Duration(forecast.TimeWait)), Tone.Dim),
        ];
        var y = top + 1;
        foreach (var (text, tone) in said)
        {
            foreach (var line in Folding.Words(text, sheet.Width - 2))
            {
                sheet.Put(1, y++, line, tone);
            }
        }

        // As long as packets came: what TIME_WAIT leaves after that is in the numbers.
        var course = use.Course();
        var seen = course.Moments.TakeWhile(moment => moment.Time <= use.Last).ToList();
        DrawCharts(model, sheet, y, top + height - y, use.First, use.Last,
            (model.Wording.InUseLegend, [.. seen.Select(moment => (int)moment.Most)], Tone.Client),
            (model.Wording.WaitLegend, [.. seen.Select(moment => (int)moment.Waiting)], Tone.TimeWait));
    }

    /// <summary>Charts below each other, to one scale, with the time below them.</summary>
    private static void DrawCharts(
        Model model, Sheet sheet, int top, int height, Timestamp first, Timestamp last, params ReadOnlySpan<(string Name, IReadOnlyList<int> Values, Tone Tone)> charts)
    {
        const int Label = 15;
        var most = 0;
        foreach (var chart in charts)
        {
            most = int.Max(most, chart.Values.Count == 0 ? 0 : chart.Values.Max());
        }

        // Of a few, more lines would say no more.
        var each = int.Min((height - 1) / charts.Length, int.Max(2, most));
        var width = sheet.Width - Label - 1;
        if (each < 1 || width < 10)
        {
            return;
        }

        for (var i = 0; i < charts.Length; i++)
        {
            var y = top + (i * each);
            sheet.Put(1, y, Sheet.Cut(charts[i].Name, Label - 2), charts[i].Tone);
            if (each > 1)
            {
                sheet.Put(1, y + 1, Update.Text(model.Wording.Most, Quantity.Count(charts[i].Values.Count == 0 ? 0 : charts[i].Values.Max())), Tone.Dim);
            }

            Chart.Draw(sheet, Label, y, width, each, charts[i].Values, most, charts[i].Tone);
        }

        var bottom = top + (charts.Length * each);
        var isOneDay = Quantity.IsOneDay(first, last);
        var from = isOneDay ? Quantity.TimeOfDay(first) : Quantity.TimeOfYear(first);
        var to = isOneDay ? Quantity.TimeOfDay(last) : Quantity.TimeOfYear(last);
        sheet.Put(Label, bottom, from, Tone.Dim);
        if (from.Length + 1 + to.Length <= width)
        {
            sheet.Put(sheet.Width - 1 - to.Length, bottom, to, Tone.Dim);
        }
    }
}
