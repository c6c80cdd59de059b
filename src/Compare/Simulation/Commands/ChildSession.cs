using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MarginalConditional.Compare.Simulation.Commands;

/// <summary>One running child process: a line in, a line out. Of one thread at a time.</summary>
/// <remarks>
/// A timer ends the process, with all that it started, when an answer takes too long, whether the child does not read or does not write;
/// what waits for it then sees the end of the pipe. When this process ends, however it does, the child's standard input is closed: a child
/// leaves when there is nothing more to read. On Unix a child has a session of its own where <c>setsid</c> is there, so that Ctrl-C ends
/// the study and not the answer that is just being computed.
/// </remarks>
internal sealed class ChildSession : IDisposable
{
    private const int KeptErrorLines = 3;

    private const string SessionProgram = "/usr/bin/setsid";

    /// <summary>How long an ended child's last words are waited for: on a busy machine they come seconds after its end.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(10);

    private static readonly UTF8Encoding Encoding = new(encoderShouldEmitUTF8Identifier: false);

    private readonly ChildCommand command;
    private readonly Process process;
    private readonly Queue<string> errors = new();
    private readonly ManualResetEventSlim errorsEnded = new();
    private readonly Timer timer;
    private readonly byte[] buffer = new byte[64 * 1024];
    private int filled;
    private int used;
    private volatile bool late;

    private ChildSession(ChildCommand command, Process process)
    {
        this.command = command;
        this.process = process;
        timer = new Timer(_ => EndLate());
        process.ErrorDataReceived += (_, line) => KeepError(line.Data);
        process.BeginErrorReadLine();
    }

    /// <summary>The name and version that the child gave in its first line.</summary>
    public string Ready { get; private set; } = string.Empty;

    /// <summary>Starts a child and waits for its first line, <c>{"ready": "name version"}</c>.</summary>
    /// <exception cref="ChildException">It cannot be started, or its first line is another.</exception>
    public static ChildSession Start(ChildCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        var words = command.Words();
        var start = new ProcessStartInfo
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = command.Folder,
            StandardInputEncoding = Encoding,
            StandardOutputEncoding = Encoding,
            StandardErrorEncoding = Encoding,
        };
        var own = !OperatingSystem.IsWindows() && File.Exists(SessionProgram);
        start.FileName = own ? SessionProgram : words[0];
        foreach (var word in own ? words : words.Skip(1))
        {
            start.ArgumentList.Add(word);
        }

        ChildSession session;
        try
        {
            session = new ChildSession(command, Process.Start(start)!);
        }
        catch (Exception exception) when (exception is Win32Exception or IOException)
        {
            throw new ChildException($"the command \"{command}\" cannot be started: {exception.Message.TrimEnd('.')}", exception);
        }

        try
        {
            session.Greet();
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Sends a line and waits for the answer, which has to be an object without <c>error</c>.</summary>
    /// <param name="request">A JSON object on one line, without its line feed.</param>
    /// <exception cref="ChildException">There is no such answer; after that the session is at its end.</exception>
    public JsonElement Ask(string request)
    {
        ArgumentNullException.ThrowIfNull(request);
        timer.Change(command.TimeLimit, Timeout.InfiniteTimeSpan);
        try
        {
            var input = process.StandardInput.BaseStream;
            input.Write(Encoding.GetBytes(request + "\n"));
            input.Flush();
        }
        catch (IOException)
        {
            // The child has gone; reading says how.
        }

        return Read();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        timer.Dispose();
        try
        {
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has gone already.
        }

        if (!process.WaitForExit(200))
        {
            End();
        }

        process.Dispose();
    }

    private void Greet()
    {
        timer.Change(command.TimeLimit, Timeout.InfiniteTimeSpan);
        Ready = ChildAnswer.Ready(command, Read());
    }

    private JsonElement Read()
    {
        var line = ReadLine();
        timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        return ChildAnswer.Object(command, line);
    }

    /// <summary>The next line of the child's output, without its line feed.</summary>
    private ReadOnlyMemory<byte> ReadLine()
    {
        using var line = new MemoryStream();
        var output = process.StandardOutput.BaseStream;
        while (true)
        {
            var feed = buffer.AsSpan(used, filled - used).IndexOf((byte)'\n');
            var end = feed < 0 ? filled : used + feed;
            line.Write(buffer, used, end - used);
            used = feed < 0 ? filled : end + 1;
            if (feed >= 0)
            {
                return line.GetBuffer().AsMemory(0, (int)line.Length);
            }

            if (line.Length > command.MostBytes)
            {
                End();
                throw new ChildException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"the command \"{command}\" answered with more than {command.MostBytes / (1024 * 1024)} MB on a line"));
            }

            (used, filled) = (0, output.Read(buffer));
            if (filled == 0)
            {
                throw new ChildException(HowItEnded());
            }
        }
    }

    private string HowItEnded()
    {
        if (!process.WaitForExit(1000))
        {
            End();
        }

        // What it said last may still be on its way; a grandchild may hold the pipe open for ever.
        errorsEnded.Wait(LastWords);
        var said = string.Join(" / ", LastErrors());
        return (late
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"the command \"{command}\" gave no answer in {command.TimeLimit.TotalSeconds:R} s")
                : string.Create(CultureInfo.InvariantCulture, $"the command \"{command}\" ended with exit code {process.ExitCode}"))
            + (said.Length == 0 ? string.Empty : $", saying: {said}");
    }

    private void EndLate()
    {
        late = true;
        End();
    }

    private void End()
    {
        try
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit(1000);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception or NotSupportedException)
        {
            // It has ended by itself.
        }
    }

    private void KeepError(string? line)
    {
        if (line is null)
        {
            errorsEnded.Set();
        }

        if (string.IsNullOrWhiteSpace(line))
        {
            return;
        }

        lock (errors)
        {
            errors.Enqueue(line.Trim());
            if (errors.Count > KeptErrorLines)
            {
                errors.Dequeue();
            }
        }
    }

    private string[] LastErrors()
    {
        lock (errors)
        {
            return [.. errors];
        }
    }
}
