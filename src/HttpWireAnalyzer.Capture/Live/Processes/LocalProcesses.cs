using System.Diagnostics;
using System.Net;
using System.Net.NetworkInformation;
using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.Capture.Live.Processes;

/// <summary>
/// Finds out on a thread of its own whose the sockets of connections are. Best effort: a socket that was closed before
/// it was asked for has no owner any more, and in a flood of connections not all are asked for.
/// </summary>
public sealed class LocalProcesses : ISocketOwners, IDisposable
{
    /// <summary>Connections that wait to be asked for: what comes above it is not asked for.</summary>
    private const int MostWaiting = 4096;

    /// <summary>Connections whose end is waited for.</summary>
    private const int MostOpen = 256 * 1024;

    /// <summary>Of the time, the share that looking through processes may take.</summary>
    private const int LookingShare = 50;

    private readonly object _gate = new();
    private readonly Dictionary<int, ConnectionOwners> _open = [];
    private readonly SocketInodes _inodes = new();
    private readonly HashSet<IPAddress> _local;
    private readonly Thread _thread;
    private List<Question> _questions = [];
    private bool _isOver;

    public LocalProcesses()
    {
        _local = [.. NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(each => each.GetIPProperties().UnicastAddresses)
            .Select(each => each.Address)];
        _thread = new Thread(Run) { IsBackground = true, Name = "processes" };
        _thread.Start();
    }

    /// <summary>Only Linux says it.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux();

    public void Ask(int connection, in Endpoint client, in Endpoint server)
    {
        lock (_gate)
        {
            if (_questions.Count < MostWaiting && _open.Count < MostOpen)
            {
                _open[connection] = default;
                _questions.Add(new Question(connection, client, server));
                Monitor.Pulse(_gate);
            }
        }
    }

    public ConnectionOwners Find(int connection)
    {
        lock (_gate)
        {
            return _open.GetValueOrDefault(connection);
        }
    }

    public ConnectionOwners Take(int connection)
    {
        lock (_gate)
        {
            return _open.Remove(connection, out var owners) ? owners : default;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isOver = true;
            Monitor.Pulse(_gate);
        }

        _thread.Join();
    }

    private void Run()
    {
        ThreadPrivileges.Drop(KeptPrivileges.Processes);
        using SocketDiagnosis diagnosis = new();
        List<Question> taken = [];
        while (TakeQuestions(ref taken))
        {
            Answer(diagnosis, taken);
            taken.Clear();
        }
    }

    private bool TakeQuestions(ref List<Question> taken)
    {
        lock (_gate)
        {
            while (_questions.Count == 0 && !_isOver)
            {
                Monitor.Wait(_gate);
            }

            (_questions, taken) = (taken, _questions);
            return !_isOver;
        }
    }

    private void Answer(SocketDiagnosis diagnosis, List<Question> questions)
    {
        List<(int Connection, uint Client, uint Server)> found = [];
        HashSet<uint> unknown = [];
        foreach (var question in questions)
        {
            var client = InodeOf(diagnosis, question.Client, question.Server);
            var server = InodeOf(diagnosis, question.Server, question.Client);
            if (client != 0 || server != 0)
            {
                found.Add((question.Connection, client, server));
                NoteUnknown(client, unknown);
                NoteUnknown(server, unknown);
            }
        }

        var from = Stopwatch.GetTimestamp();
        _inodes.Look(unknown);
        var took = Stopwatch.GetElapsedTime(from);
        lock (_gate)
        {
            foreach (var (connection, client, server) in found)
            {
                // One that has ended meanwhile was told without.
                if (_open.ContainsKey(connection))
                {
                    _open[connection] = new ConnectionOwners(_inodes.Find(client), _inodes.Find(server));
                }
            }
        }

        Rest(took * LookingShare);
    }

    private void Rest(TimeSpan time)
    {
        var until = Environment.TickCount64 + (long)time.TotalMilliseconds;
        lock (_gate)
        {
            while (!_isOver && Environment.TickCount64 is var now && now < until)
            {
                Monitor.Wait(_gate, TimeSpan.FromMilliseconds(until - now));
            }
        }
    }

    // Whoever listens on a port of this machine is not the owner of that port on another.
    private uint InodeOf(SocketDiagnosis diagnosis, in Endpoint local, in Endpoint remote)
    {
        var inode = diagnosis.InodeOf(local, remote, out var isListener);
        return isListener && !IsLocal(local.Address) ? 0 : inode;
    }

    private bool IsLocal(in Address address) =>
        IPAddress.Parse(address.ToString()) is var parsed && (IPAddress.IsLoopback(parsed) || _local.Contains(parsed));

    private void NoteUnknown(uint inode, HashSet<uint> unknown)
    {
        if (inode != 0 && _inodes.Find(inode) is null)
        {
            unknown.Add(inode);
        }
    }

    private readonly record struct Question(int Connection, Endpoint Client, Endpoint Server);
}
