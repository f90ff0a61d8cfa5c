using System.Diagnostics;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Tui.Views;

namespace HttpWireAnalyzer.Tui;

/// <summary>What keys do where nothing is typed.</summary>
internal static class KeyUpdate
{
    /// <summary>Further than any list or text goes; where one is added to it, it is a number still.</summary>
    public const int Farthest = int.MaxValue / 4;

    public static Step Of(Model model, string key)
    {
        var quiet = model.Notice is null ? model : model with { Notice = null };
        if (quiet.Prompt is not null)
        {
            return PromptUpdate.Of(quiet, key);
        }

        if (quiet.HelpTop is not null)
        {
            return HelpKey(quiet, key);
        }

        if (quiet.Pending is not '\0' and var pending)
        {
            return PendingUpdate.Of(quiet with { Pending = '\0' }, pending, key);
        }

        return Bindings.Find(key, Bindings.PlaceOf(quiet)) is { } act
            ? Do(quiet, act)
            : Update.Say(quiet, Update.Text(model.Wording.NoSuchKey, key, model.Wording.Views[model.View]), isError: true);
    }

    private static Step HelpKey(Model model, string key) => key == "Space" ? HelpBy(model, Geometry.Body(model)) : Bindings.Find(key, Places.Overview) switch
    {
        Act.Search => PromptUpdate.Begin(model, PromptKind.Search, ""),
        Act.NextMatch => SearchUpdate.Next(model, 1),
        Act.PreviousMatch => SearchUpdate.Next(model, -1),
        Act.EndSearch when model.Search is not null => model with { Search = null },
        Act.Down => HelpBy(model, 1),
        Act.Up => HelpBy(model, -1),
        Act.PageDown => HelpBy(model, Geometry.Body(model)),
        Act.PageUp => HelpBy(model, -Geometry.Body(model)),
        Act.HalfDown => HelpBy(model, Geometry.Body(model) / 2),
        Act.HalfUp => HelpBy(model, -Geometry.Body(model) / 2),
        Act.First => model with { HelpTop = 0 },
        Act.Last => HelpBy(model, Farthest),
        _ => model with { HelpTop = null },
    };

    /// <summary>The help, so many lines further down.</summary>
    public static Model HelpBy(Model model, int lines) =>
        model with { HelpTop = int.Clamp(model.HelpTop!.Value + lines, 0, HelpView.LastTop(model)) };

    /// <summary>Each act is of one of these.</summary>
    private static Step Do(Model model, Act act) =>
        Movement(model, act) ?? OfViews(model, act) ?? OfLists(model, act) ?? OfDetail(model, act) ?? OfScreen(model, act) ?? throw new UnreachableException();

    /// <summary>What leads to another row, line or column of what is shown.</summary>
    private static Step? Movement(Model model, Act act) => act switch
    {
        Act.Down or Act.Later => Move(model, 1),
        Act.Up or Act.Earlier => Move(model, -1),
        Act.HalfDown => Move(model, int.Max(1, Page(model) / 2)),
        Act.HalfUp => Move(model, -int.Max(1, Page(model) / 2)),
        Act.PageDown => Move(model, Page(model)),
        Act.PageUp => Move(model, -Page(model)),
        Act.First => ToRow(model, 0),
        Act.Last => ToRow(model, Farthest),
        Act.Left => OtherColumn(model, -1),
        Act.Right => OtherColumn(model, 1),
        Act.NextMatch => SearchUpdate.Next(model, 1),
        Act.PreviousMatch => SearchUpdate.Next(model, -1),
        Act.NextEvidence => Evidence(model, 1),
        Act.PreviousEvidence => Evidence(model, -1),
        _ => default(Step?),
    };

    /// <summary>What leads to another view, and back.</summary>
    private static Step? OfViews(Model model, Act act) => act switch
    {
        Act.Overview => Go(model, ViewKind.Overview),
        Act.Connections => Go(model, ViewKind.Connections).Then(DetailUpdate.Preview),
        Act.Exchanges => Go(model, ViewKind.Exchanges).Then(DetailUpdate.Preview),
        Act.Pools => Go(model, ViewKind.Pools),
        Act.Findings => Go(model, ViewKind.Findings),
        Act.Ports => new Step(Go(model, ViewKind.Ports).Model, new CountPorts(model.Capture.Connections)),
        Act.Packets => DetailUpdate.Open(model, DetailUpdate.Current(model), ViewKind.Packets),
        Act.Stream => DetailUpdate.Open(model, DetailUpdate.Current(model), ViewKind.Stream).Then(step => DetailUpdate.LaidOut(step)),
        Act.Story => OpenUpdate.StoryOfPacket(model),
        Act.Timeline => OpenUpdate.Timeline(model),
        Act.Explain => RuleUpdate.Explain(model),
        Act.Assert => AssertUpdate.Of(model),
        Act.Open => OpenUpdate.Of(model),
        Act.Back => Back(model),
        _ => default(Step?),
    };

    /// <summary>What changes which rows a list shows, and how.</summary>
    private static Step? OfLists(Model model, Act act) => act switch
    {
        Act.Filter => PromptUpdate.Begin(model, PromptKind.Filter, model.List?.Filter ?? ""),
        Act.FilterByCell => ListUpdate.TermOfCell(model) is { } term
            ? Update.Say(model, Update.Text(model.Wording.FilterCell, term)) with { Pending = 'f' }
            : Update.Say(model, model.Wording.CannotFilterCell, isError: true),
        Act.ClearFilter => model.List is { IsArranged: true } list ? ListUpdate.Arrange(model, list with { Filter = "", Sort = null }) : model with { Selected = [] },
        Act.Sort or Act.SortBackwards => model.List is { } list ? ListUpdate.Sort(model, list, act == Act.SortBackwards) : model,
        Act.ColumnSet => OtherColumns(model),
        Act.Group => GroupUpdate.Toggle(model),
        Act.WhatIf => WhatIf(model),
        Act.Select => Select(model),
        Act.Follow => Follow(model),
        Act.Pause => Pause(model),
        _ => default(Step?),
    };

    /// <summary>What changes how a connection is shown, or which.</summary>
    private static Step? OfDetail(Model model, Act act) => act switch
    {
        Act.Form or Act.Side => OtherForm(model, act),
        Act.NextPane => OtherPane(model, 1),
        Act.PreviousPane => OtherPane(model, -1),
        Act.Maximise => DetailUpdate.Move(ListUpdate.Kept(model with { IsMaximised = !model.IsMaximised }), 0),
        Act.ZoomIn => DetailUpdate.Zoom(model, 1),
        Act.ZoomOut => DetailUpdate.Zoom(model, -1),
        Act.NextConnection => OpenUpdate.Neighbour(model, 1),
        Act.PreviousConnection => OpenUpdate.Neighbour(model, -1),
        Act.Mark or Act.GoToMark => Update.Say(model, model.Wording.MarkWhich) with { Pending = act == Act.Mark ? 'm' : '\'' },
        Act.Time => NextTime(model),
        _ => default(Step?),
    };

    /// <summary>What is the same whatever is shown.</summary>
    private static Step? OfScreen(Model model, Act act) => act switch
    {
        Act.Help => model with { HelpTop = 0 },
        Act.Command => PromptUpdate.Begin(model, PromptKind.Command, ""),
        Act.Search => PromptUpdate.Begin(model, PromptKind.Search, ""),
        Act.EndSearch => model.Search is not null ? model with { Search = null } : model.View == ViewKind.Overview ? model : Back(model),
        Act.Copy => CopyUpdate.Of(model),
        Act.Write => PromptUpdate.Begin(model, PromptKind.Command, "w " + CommandUpdate.UsualFile(model)),
        Act.Redraw => new Step(model, new Redraw()),
        Act.Suspend => new Step(model, new Suspend()),
        Act.Quit => model with { IsEnding = true },
        _ => default(Step?),
    };

    public static Step Move(Model model, int by) => model.View == ViewKind.Overview
        ? model with { OverviewTop = int.Clamp(model.OverviewTop + by, 0, OverviewView.LastTop(model)) }
        : model.View == ViewKind.Rule ? RuleUpdate.Move(model, by)
        : model.View == ViewKind.Assertion ? AssertUpdate.Move(model, by)
        : model.List is { } list ? ListUpdate.Move(model, int.Clamp(list.Cursor + by, 0, int.Max(0, model.RowsOf(list) - 1)))
        : DetailUpdate.Move(model, by);

    /// <summary>One of the seven views, as its key leads there.</summary>
    public static Step To(Model model, ViewKind view) => Do(model, view switch
    {
        ViewKind.Overview => Act.Overview,
        ViewKind.Connections => Act.Connections,
        ViewKind.Exchanges => Act.Exchanges,
        ViewKind.Pools => Act.Pools,
        ViewKind.Findings => Act.Findings,
        ViewKind.Ports => Act.Ports,
        ViewKind.Packets => Act.Packets,
        _ => throw new UnreachableException(),
    });

    /// <summary>A view that is not of one connection; nothing leads back from there.</summary>
    private static Step Go(Model model, ViewKind view) => ListUpdate.Kept(model with { View = view, Back = [], IsMaximised = false });

    private static Step Back(Model model) => model.Back.IsEmpty
        ? Go(model, ViewKind.Connections)
        : ListUpdate.Kept(model with { View = model.Back.Peek(), Back = model.Back.Pop(), IsMaximised = false });

    private static int Page(Model model) => model.List is not null ? Geometry.ListRows(model)
        : model.View is ViewKind.Overview or ViewKind.Rule or ViewKind.Assertion ? Geometry.Body(model)
        : DetailUpdate.Page(model);

    /// <summary>The row at a place, counted from 0; the last one where it is beyond.</summary>
    public static Step ToRow(Model model, int row) => model.List is not null
        ? ListUpdate.Move(model, row)
        : Move(Move(model, -Farthest).Model, int.Min(row, Farthest));

    private static Step OtherColumn(Model model, int by) => model.List is { } list
        ? model.With(list with { Column = int.Clamp(list.Column + by, 0, ListUpdate.ColumnNames(list).Count - 1) })
        : model;

    private static Step OtherColumns(Model model)
    {
        if (model.List is not { } list)
        {
            return model;
        }

        var next = list with { ColumnSet = (list.ColumnSet + 1) % ListUpdate.ColumnSets(model, list) };
        return model.With(next with { Column = int.Min(next.Column, ListUpdate.ColumnNames(next).Count - 1) });
    }

    private static Step Evidence(Model model, int direction)
    {
        if (model.List is not { } list)
        {
            return DetailUpdate.Evidence(model, direction);
        }

        if (list.Kind == ListKind.Findings)
        {
            return OpenUpdate.PacketOfFinding(model, direction);
        }

        return ListUpdate.Evidence(model, list, direction) is { } place
            ? ListUpdate.Move(model, place)
            : Update.Say(model, model.Wording.NoEvidence);
    }

    private static Step NextTime(Model model)
    {
        var next = (TimeForm)(((int)model.Time + 1) % Enum.GetValues<TimeForm>().Length);
        return Update.Say(DetailUpdate.LaidOut(model with { Time = next }), model.Wording.Times[next]);
    }

    private static Step OtherForm(Model model, Act act)
    {
        if (model.Detail is not { } detail)
        {
            return model;
        }

        var other = act == Act.Form
            ? detail with { Form = (Layout.StreamForm)(((int)detail.Form + 1) % Enum.GetValues<Layout.StreamForm>().Length) }
            : detail with { Side = detail.Side switch { null => Tcp.Side.Client, Tcp.Side.Client => Tcp.Side.Server, _ => null } };
        return DetailUpdate.LaidOut(model with { Detail = other with { StreamTop = 0 } });
    }

    /// <summary>So many panes further; behind the last comes the first.</summary>
    private static Step OtherPane(Model model, int by)
    {
        if (model.Detail is not { } detail)
        {
            return model;
        }

        var panes = Enum.GetValues<PacketPane>().Length;
        var pane = (PacketPane)(((int)detail.Pane + by + panes) % panes);
        return DetailUpdate.Move(model with { Detail = detail with { Pane = pane } }, 0);
    }

    /// <summary>The pool under the cursor with connections kept, and once more as it was.</summary>
    private static Step WhatIf(Model model)
    {
        if (model.RowAt(model.Pools, model.Pools.Cursor) is not (>= 0 and var row))
        {
            return Update.Say(model, model.Wording.NoRows, isError: true);
        }

        var pool = new PoolName(model.Capture.Pools!.Pools[row].Client, model.Capture.Pools.Pools[row].Server);
        return model.WhatIf?.Pool == pool
            ? ListUpdate.Kept(model with { WhatIf = null })
            : new Step(ListUpdate.Kept(model with { WhatIf = new WhatIfState(pool) }), new ReplayPool(pool));
    }

    private static Step Select(Model model)
    {
        var number = DetailUpdate.Current(model);
        if (number < 0)
        {
            return Update.Say(model, model.Wording.NoRows, isError: true);
        }

        var without = model.Selected.Remove(number);
        var selected = without.Count < model.Selected.Count ? without : without.Add(number);
        return Move(model with { Selected = selected }, 1);
    }

    private static Step Follow(Model model)
    {
        if (model.Follows)
        {
            return Update.Say(model with { Follows = false }, model.Wording.NotFollowing);
        }

        var last = ListUpdate.Move(model, Farthest);
        return last with { Model = Update.Say(last.Model with { Follows = true }, model.Wording.Following) };
    }

    private static Step Pause(Model model) => model.IsPaused && model.Latest is { } latest
        ? ListUpdate.Grown(model with { IsPaused = false, Latest = null, Capture = latest })
        : model with { IsPaused = !model.IsPaused };
}
