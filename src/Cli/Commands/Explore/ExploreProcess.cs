using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using MarginalConditional.Compare.Exploration;
using MarginalConditional.Data;

namespace MarginalConditional.Cli.Commands.Explore;

/// <summary>
/// The running page. It lives as long as its standard input is open, and that closes with this process however this process ends.
/// </summary>
internal sealed class ExploreProcess : IDisposable
{
    private const string Framework = "Microsoft.AspNetCore.App";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Process process;

    private ExploreProcess(Process process, string address)
    {
        this.process = process;
        Address = address;
    }

    /// <summary>What to open.</summary>
    public string Address { get; }

    /// <summary>Starts the page and waits until it answers.</summary>
    /// <exception cref="InputException">It cannot be started, or the port is taken.</exception>
    public static ExploreProcess Start(ExplorationStart start, ExploreProgram program)
    {
        var process = new Process
        {
            StartInfo = new ProcessStartInfo(program.Host, [program.Path])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
                StandardOutputEncoding = Encoding.UTF8,
                StandardErrorEncoding = Encoding.UTF8,
                UseShellExecute = false,
            },
        };
        try
        {
            process.Start();
        }
        catch (Win32Exception exception)
        {
            process.Dispose();
            throw new InputException($"The page cannot be started by {program.Host}: {exception.Message}.", exception);
        }

        var complaints = process.StandardError.ReadToEndAsync();
        try
        {
            process.StandardInput.WriteLine(start.ToJson());
            process.StandardInput.Flush();
        }
        catch (IOException)
        {
            // It has ended already; what it said tells why.
        }

        return process.StandardOutput.ReadLine() is { } address
            ? new ExploreProcess(process, address)
            : throw Failed(process, complaints);
    }

    /// <summary>Waits until the page ends by itself or is to be ended.</summary>
    public void Wait(CancellationToken stop)
    {
        try
        {
            process.WaitForExitAsync(stop).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            // Disposing ends it.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // Nobody reads any more.
        }

        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }

        process.Dispose();
    }

    private static InputException Failed(Process process, Task<string> complaints)
    {
        process.WaitForExit();
        process.Dispose();
        var text = complaints.GetAwaiter().GetResult().Trim();
        return text.Contains(Framework, StringComparison.Ordinal)
            ? new InputException("The page needs the ASP.NET Core runtime 10, which this machine lacks.")
            {
                Hint = "It is part of the .NET 10 SDK, and can be had alone as aspnetcore-runtime-10.0; every other command works without.",
            }
            : new InputException(text.Length > 0 ? text : "The page ended before it answered.");
    }
}
