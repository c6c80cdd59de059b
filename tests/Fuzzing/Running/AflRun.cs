using SharpFuzz;

namespace MarginalConditional.Fuzzing.Running;

/// <summary>Gives a target the inputs of AFL++, which sees from instrumented libraries what each of them reached.</summary>
internal static class AflRun
{
    private const int Longest = 1 << 20;

    /// <summary>Answers until there are no more inputs.</summary>
    /// <exception cref="InvalidOperationException">An input came to what must not happen: what AFL++ keeps as a crash.</exception>
    public static void Of(FuzzTarget target) => Fuzzer.OutOfProcess.Run(stream =>
    {
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        if (bytes.Length <= Longest && FuzzRun.Attempt(target.Of(bytes.ToArray())) is { IsFault: true } fault)
        {
            throw new InvalidOperationException(fault.Kind);
        }
    });
}
