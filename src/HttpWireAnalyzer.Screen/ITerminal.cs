namespace HttpWireAnalyzer.Screen;

/// <summary>What frames are written to and keys come from. Disposing it gives the terminal back as it was.</summary>
public interface ITerminal : IDisposable
{
    (int Width, int Height) Size { get; }

    /// <summary>Once for each frame; passed over while the terminal is not ours.</summary>
    void Write(ReadOnlySpan<byte> octets);

    /// <summary>Waits for a key.</summary>
    /// <returns>False where none came within that time.</returns>
    bool TryRead(out Key key, TimeSpan timeout);

    /// <summary>Asks what letters stand on. The answer comes among keys, as <see cref="KeyCode.Background"/>, or never.</summary>
    void AskBackground();

    /// <summary>
    /// Gives the terminal back and stops the program, as Ctrl-Z does elsewhere; when it goes on, a <see cref="KeyCode.Resize"/> follows.
    /// </summary>
    void Stop();
}
