using System.Globalization;
using MarginalConditional.Cli.Errors;
using MarginalConditional.Report.Wording;

namespace MarginalConditional.Fuzzing.Running;

/// <summary>What came out of a run: outcomes by kind, the slowest input, and every input with a fault.</summary>
internal sealed class FuzzReport
{
    private const int LongestText = 20_000;

    private readonly SortedDictionary<string, int> kinds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> refusals = new(StringComparer.Ordinal);
    private readonly List<FuzzFault> faults = [];
    private ulong slowest;
    private double slowestTime = -1;

    /// <summary>How many inputs came to an end.</summary>
    public int Count { get; private set; }

    /// <summary>The inputs whose outcome must not happen.</summary>
    public IReadOnlyList<FuzzFault> Faults => faults;

    /// <summary>How many were refused.</summary>
    public int Refused => refusals.Values.Sum();

    /// <summary>The processor time of all inputs, in seconds.</summary>
    public double TotalTime { get; private set; }

    /// <summary>Counts an input.</summary>
    public void Add(ulong number, FuzzInput input, Outcome outcome, double time)
    {
        Count++;
        TotalTime += time;
        kinds[outcome.Kind] = kinds.GetValueOrDefault(outcome.Kind) + 1;
        if (outcome.Refusal is { } sentence)
        {
            refusals[sentence] = refusals.GetValueOrDefault(sentence) + 1;
        }

        if (outcome.IsFault)
        {
            faults.Add(new FuzzFault(number, outcome.Kind, input.Text));
        }

        if (time > slowestTime)
        {
            (slowest, slowestTime) = (number, time);
        }
    }

    /// <summary>Notes an input that did not come to an end.</summary>
    public void AddEndless(ulong number, FuzzInput? input) => faults.Add(new FuzzFault(number, "does not end", input?.Text ?? "not made"));

    /// <summary>Prints the sentences of refusals, the most frequent first: what keeps a generator's inputs from going far.</summary>
    public void PrintRefusals(TextWriter output)
    {
        foreach (var (sentence, count) in refusals.OrderByDescending(refusal => refusal.Value))
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count,10:N0}  {VisibleText.Of(sentence)}"));
        }
    }

    /// <summary>Prints the counts, the slowest input and the faults, nothing of which can change a terminal.</summary>
    public void Print(string target, ulong first, TextWriter output)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{target}: {Count:N0} inputs from {first}, {TotalTime:F1} s of processor time"));
        foreach (var (kind, count) in kinds)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count,10:N0}  {VisibleText.Of(kind)}"));
        }

        if (slowestTime >= 0)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"slowest: input {slowest}, {slowestTime:F3} s"));
        }

        foreach (var fault in faults)
        {
            var text = fault.Text.Length > LongestText ? fault.Text[..LongestText] + " …" : fault.Text;
            output.WriteLine($"\ninput {fault.Input}: {VisibleText.Of(fault.Kind)}\n{VisibleText.Of(text)}");
        }
    }
}
