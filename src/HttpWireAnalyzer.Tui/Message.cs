using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Findings.Ports;
using HttpWireAnalyzer.Screen;
using HttpWireAnalyzer.Tui.Work;

namespace HttpWireAnalyzer.Tui;

/// <summary>What the model is updated by.</summary>
internal abstract record Message;

/// <param name="Key">By its name: j, Ctrl-d, Down, Space.</param>
internal sealed record KeyPressed(string Key) : Message;

/// <summary>Text that came at once, as when it is pasted.</summary>
internal sealed record TextPasted(string Text) : Message;

/// <param name="Lines">Of the wheel; negative for up. 0 for a click.</param>
internal sealed record MouseUsed(int Column, int Row, int Lines) : Message;

/// <summary>The terminal told the colour that letters stand on.</summary>
internal sealed record BackgroundTold(Colour Colour) : Message;

internal sealed record Resized(int Width, int Height) : Message;

/// <summary>More of the capture has been read, or the last of it.</summary>
internal sealed record CaptureAdvanced(CaptureState State) : Message;

/// <param name="Share">How much of the capture has been read for the connection.</param>
internal sealed record DetailAdvanced(int Number, double Share) : Message;

/// <param name="Detail">Null where there is no such connection.</param>
internal sealed record DetailRead(int Number, ConnectionDetail? Detail, string? Failure) : Message;

/// <param name="Asked">Which arrangement it answers.</param>
/// <param name="Cursor">Where the row that was under the cursor is now; -1 where it is not shown.</param>
/// <param name="Took">How long it took.</param>
internal sealed record Arranged(ListKind List, int Asked, RowOrder Order, int Cursor, TimeSpan Took) : Message;

internal sealed record ArrangeFailed(ListKind List, int Asked, string Failure) : Message;

internal sealed record PortsCounted(IReadOnlyList<PortStanding> Standings) : Message;

internal sealed record PoolReplayed(PoolName Pool, PoolReplay Replay) : Message;

internal sealed record SliceWritten(string Path, long Packets) : Message;

internal sealed record ListWritten(string Path) : Message;

internal sealed record TextWritten(string Path) : Message;

/// <summary>Something that was asked for could not be done.</summary>
internal sealed record WorkFailed(string Failure) : Message;

/// <summary>Something was not written: there is a file of that name.</summary>
internal sealed record FileTaken(string Failure) : Message;

/// <summary>The program is asked from outside to end.</summary>
internal sealed record EndAsked : Message;

/// <summary>Something of ours broke on another thread: to be thrown on this one.</summary>
internal sealed record Broke(System.Runtime.ExceptionServices.ExceptionDispatchInfo Failure) : Message;
