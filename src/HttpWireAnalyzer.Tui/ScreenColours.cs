using HttpWireAnalyzer.Screen;

namespace HttpWireAnalyzer.Tui;

/// <summary>The colours of the screen.</summary>
/// <param name="Background">What the first frame is drawn for.</param>
/// <param name="IsAsked">The terminal is asked what its background is.</param>
public readonly record struct ScreenColours(ColourDepth Depth, Background Background, bool IsAsked);
