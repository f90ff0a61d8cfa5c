using HttpWireAnalyzer.Screen;

namespace HttpWireAnalyzer.Tui;

/// <summary>What a key of the terminal says to the model.</summary>
internal static class KeyMessages
{
    private const int LinesOfWheel = 3;

    /// <summary>Null where it says nothing here.</summary>
    public static Message? Of(Key key) => key.Code switch
    {
        KeyCode.EndAsked => new EndAsked(),
        KeyCode.Paste => new TextPasted(key.Text ?? ""),
        KeyCode.MousePress => key.Number == 0 ? new MouseUsed(key.Column, key.Row, 0) : null,
        KeyCode.WheelUp => new MouseUsed(key.Column, key.Row, -LinesOfWheel),
        KeyCode.WheelDown => new MouseUsed(key.Column, key.Row, LinesOfWheel),
        KeyCode.None or KeyCode.MouseRelease or KeyCode.MouseDrag or KeyCode.Resize => null,
        _ => new KeyPressed(key.ToString()),
    };
}
