using System.Runtime.InteropServices;
using MarginalConditional.Cli.Files;

namespace MarginalConditional.Cli.Hosting;

/// <summary>
/// Ctrl-C: ends the work of the running command, or stops it with its results kept where it asked for that.
/// </summary>
/// <remarks>
/// What computes looks at the token between small pieces of work and leaves in the ordinary way, so that nothing stays behind: no temporary
/// file, no child, no half result. What waits for others, a pipe that nothing comes through, is ended after <see cref="Patience"/>; a
/// second Ctrl-C ends the process at once.
/// </remarks>
internal sealed class Interruption : IDisposable
{
    /// <summary>How long the work may take to end.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource ending = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly IDisposable registration;
    private volatile bool keeps;
    private Timer? impatience;

    /// <summary>Listens from now on.</summary>
    /// <param name="instead">Stops what keeps its results, where there is no process of its own; null for the process's Ctrl-C.</param>
    public Interruption(CancellationToken? instead) => registration = instead is { } token
        ? token.Register(stopping.Cancel)
        : PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);

    /// <summary>Cancelled by the first Ctrl-C, unless <see cref="Stop"/> was asked for.</summary>
    public CancellationToken End => ending.Token;

    /// <summary>Cancelled by the first Ctrl-C. Whoever asks for it keeps results, and takes as long as that takes.</summary>
    public CancellationToken Stop
    {
        get
        {
            keeps = true;
            return stopping.Token;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        registration.Dispose();
        impatience?.Dispose();
        ending.Dispose();
        stopping.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        if (stopping.IsCancellationRequested)
        {
            AtomicFile.Abandon();
            return;
        }

        context.Cancel = true;
        stopping.Cancel();
        if (!keeps)
        {
            impatience = new Timer(_ => EndProcess(), null, Patience, Timeout.InfiniteTimeSpan);
            ending.Cancel();
        }
    }

    private static void EndProcess()
    {
        AtomicFile.Abandon();
        Environment.Exit(ExitCode.Interrupted);
    }
}
