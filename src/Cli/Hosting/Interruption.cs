namespace MarginalConditional.Cli.Hosting;

/// <summary>
/// Ctrl-C: ends the process at once, unless the running command asked for the token because it can stop with its results kept.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private bool listening;

    /// <summary>Cancelled by the first Ctrl-C; a second one ends the process.</summary>
    public CancellationToken Token
    {
        get
        {
            if (!listening)
            {
                listening = true;
                Console.CancelKeyPress += OnInterrupt;
            }

            return source.Token;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (listening)
        {
            Console.CancelKeyPress -= OnInterrupt;
        }

        source.Dispose();
    }

    private void OnInterrupt(object? sender, ConsoleCancelEventArgs arguments)
    {
        arguments.Cancel = !source.IsCancellationRequested;
        source.Cancel();
    }
}
