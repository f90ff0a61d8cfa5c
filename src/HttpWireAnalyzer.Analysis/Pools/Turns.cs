using System.Runtime.CompilerServices;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Analysis.Pools;

/// <summary>Brings turns into the order of their packets and to whom they are of.</summary>
internal sealed class Turns(List<Pool> pools, HostUses hosts, int held)
{
    private readonly TurnWindow _window = new(held);

    public long Late => _window.Late;

    /// <inheritdoc cref="TurnWindow.Held"/>
    public IEnumerable<Turn> Held => _window.Held;

    /// <summary>In parts, as a <see cref="Turn"/> has them: it is put together where it is held.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Add(PacketRef at, int subject, int open, int busy)
    {
        var turn = new Turn(at, subject, (sbyte)open, (sbyte)busy);
        if (_window.IsFull)
        {
            Give(_window.First);
            _window.ReplaceFirst(turn);
        }
        else
        {
            _window.Add(turn);
        }
    }

    public void GiveAll()
    {
        while (_window.Count > 0)
        {
            Give(_window.TakeFirst());
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Give(in Turn turn)
    {
        if (turn.Subject >= 0)
        {
            pools[turn.Subject].Apply(turn);
        }
        else
        {
            hosts.Apply(~turn.Subject, turn.At, turn.Open);
        }
    }
}
