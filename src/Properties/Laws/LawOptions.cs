namespace MarginalConditional.Properties.Laws;

/// <summary>How laws are tried. Immutable.</summary>
public sealed record LawOptions
{
    /// <summary>Names the data sets: the same number gives the same ones. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Data sets a law, 1 or more. Default 100.</summary>
    public int Tests
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A law needs a data set.");
    }
    = 100;

    /// <summary>The most simulated trials of the law of coverage. Default 4,000.</summary>
    public int MostReplicates
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Coverage needs a trial.");
    }
    = 4000;

    /// <summary>The thresholds.</summary>
    public LawTolerances Tolerances { get; init; } = new();

    /// <summary>Writes the line that tries a law again on the same data, from its name; null for one in C#.</summary>
    public Func<string, string>? ReplayLine { get; init; }

    /// <summary>Ends the work between two data sets.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>The line that tries a law again.</summary>
    internal string Replay(Law law) => ReplayLine?.Invoke(law.Name)
        ?? FormattableString.Invariant(
            $"LawBook.Named(\"{law.Name}\").Check(estimator, new LawOptions {{ Seed = {Seed}, Tests = {Tests} }})");
}
