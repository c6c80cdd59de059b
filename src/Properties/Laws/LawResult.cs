using System.Globalization;
using System.Text;

namespace MarginalConditional.Properties.Laws;

/// <summary>What came of trying a law on an estimator. Immutable.</summary>
public sealed record LawResult
{
    /// <summary>The law.</summary>
    public required Law Law { get; init; }

    /// <summary>The estimator's name.</summary>
    public required string Estimator { get; init; }

    /// <summary>What is known.</summary>
    public required LawVerdict Verdict { get; init; }

    /// <summary>How many data sets there were.</summary>
    public int Tests { get; init; }

    /// <summary>On how many of them the estimator gave what the law is about.</summary>
    public int Answered { get; init; }

    /// <summary>Why the law is outside its domain or untested, or what a sequence of looks has seen; empty otherwise.</summary>
    public string Reason { get; init; } = string.Empty;

    /// <summary>The smallest case that breaks the law; null where none does, or where no single data set does.</summary>
    public LawCase? Smallest { get; init; }

    /// <summary>What came of it; null where <see cref="Smallest"/> is.</summary>
    public LawOutcome? Outcome { get; init; }

    /// <summary>The first case that broke the law; null where none does.</summary>
    public LawCase? First { get; init; }

    /// <summary>The line that tries the law again on the same data.</summary>
    public string Replay { get; init; } = string.Empty;

    /// <summary>Throws if the law is broken, or if nothing could be tried.</summary>
    /// <exception cref="LawBrokenException">It is.</exception>
    public LawResult ThrowUnlessKept() =>
        Verdict is LawVerdict.Broken or LawVerdict.Untested ? throw new LawBrokenException(ToString()) : this;

    /// <summary>
    /// Everything: the statement, the smallest counterexample as CSV, what was expected, and the line that tries it again.
    /// </summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Law.Name}: {Words()}\n");
        if (Verdict is LawVerdict.Broken or LawVerdict.Undecided or LawVerdict.Untested)
        {
            text.Append(CultureInfo.InvariantCulture, $"Law: {Law.Statement}\nDomain: {Law.Domain}\n");
        }

        if (Smallest is { } smallest && Outcome is { } outcome)
        {
            text.Append(CultureInfo.InvariantCulture, $"Smallest counterexample, {Size(smallest)}{Shrunk(smallest)}:\n");
            text.Append(smallest.Trial.Csv);
            if (outcome.Changed is { } changed)
            {
                text.Append(CultureInfo.InvariantCulture, $"{Capital(outcome.Change)}:\n{changed.Csv}");
            }

            text.Append(CultureInfo.InvariantCulture, $"Expected: {outcome.Expected}\nFound: {outcome.Found}\n");
        }

        return Replay.Length == 0 ? text.ToString() : text.Append(CultureInfo.InvariantCulture, $"Replay: {Replay}\n").ToString();
    }

    /// <summary>A clause that says what is known.</summary>
    public string Words() => Verdict switch
    {
        LawVerdict.Holds when Reason.Length > 0 => $"holds: {Reason}",
        LawVerdict.Holds => FormattableString.Invariant($"holds on {Answered} of {Tests} data sets"),
        LawVerdict.Broken when Smallest is null => $"broken by {Estimator}: {Reason}",
        LawVerdict.Broken => FormattableString.Invariant($"broken by {Estimator} on data set {Tests}"),
        LawVerdict.Undecided => $"undecided: {Reason}",
        LawVerdict.Untested => FormattableString.Invariant($"untested, {Answered} of {Tests} data sets were answered: {Reason}"),
        _ => $"not about this estimator: {Reason}",
    };

    private static string Size(LawCase smallest) => FormattableString.Invariant(
        $"{smallest.Trial.Rows} rows in {smallest.Trial.ClusterLabels.Count} clusters");

    private string Shrunk(LawCase smallest) => First is { } first && first.Trial.Rows > smallest.Trial.Rows
        ? FormattableString.Invariant($" (from {first.Trial.Rows} rows)")
        : string.Empty;

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
