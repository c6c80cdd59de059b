using MarginalConditional.Cli.Output;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace MarginalConditional.Cli.Tests.Harness;

/// <summary>A console on which somebody types prepared lines, each ended by return.</summary>
internal sealed class TypingConsole : IAnsiConsole, IAnsiConsoleInput, IDisposable
{
    private readonly StringWriter written = new() { NewLine = "\n" };
    private readonly IAnsiConsole inner;
    private readonly Queue<ConsoleKeyInfo> keys = new();

    /// <summary>Prepares the lines.</summary>
    public TypingConsole(params string[] lines)
    {
        inner = ConsoleFactory.Create(written, 80, terminal: false);
        foreach (var line in lines)
        {
            foreach (var character in line)
            {
                keys.Enqueue(new ConsoleKeyInfo(character, default, false, false, false));
            }

            keys.Enqueue(new ConsoleKeyInfo('\r', ConsoleKey.Enter, false, false, false));
        }
    }

    /// <summary>What was shown.</summary>
    public string Output => written.ToString();

    /// <inheritdoc/>
    public Profile Profile => inner.Profile;

    /// <inheritdoc/>
    public IAnsiConsoleCursor Cursor => inner.Cursor;

    /// <inheritdoc/>
    public IAnsiConsoleInput Input => this;

    /// <inheritdoc/>
    public IExclusivityMode ExclusivityMode => inner.ExclusivityMode;

    /// <inheritdoc/>
    public RenderPipeline Pipeline => inner.Pipeline;

    /// <inheritdoc/>
    public void Clear(bool home) => inner.Clear(home);

    /// <inheritdoc/>
    public void Write(IRenderable renderable) => inner.Write(renderable);

    /// <inheritdoc/>
    public void WriteAnsi(Action<AnsiWriter> action) => inner.WriteAnsi(action);

    /// <inheritdoc/>
    public bool IsKeyAvailable() => keys.Count > 0;

    /// <inheritdoc/>
    public ConsoleKeyInfo? ReadKey(bool intercept) =>
        keys.Count > 0 ? keys.Dequeue() : throw new InvalidOperationException("More was asked than typed: " + Output);

    /// <inheritdoc/>
    public Task<ConsoleKeyInfo?> ReadKeyAsync(bool intercept, CancellationToken cancellationToken) => Task.FromResult(ReadKey(intercept));

    /// <inheritdoc/>
    public void Dispose() => written.Dispose();
}
