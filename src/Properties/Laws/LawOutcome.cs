using MarginalConditional.Properties.Trials;

namespace MarginalConditional.Properties.Laws;

/// <summary>What came of trying a law on one case. Immutable.</summary>
public sealed record LawOutcome
{
    private LawOutcome()
    {
    }

    /// <summary>The law holds.</summary>
    public static LawOutcome Holds { get; } = new() { IsAnswered = true };

    /// <summary>Whether the estimator gave what the law is about.</summary>
    public bool IsAnswered { get; private init; }

    /// <summary>Whether the law is broken.</summary>
    public bool IsBroken { get; private init; }

    /// <summary>Why there is no answer; empty where there is one.</summary>
    public string Reason { get; private init; } = string.Empty;

    /// <summary>What was done to the trial, such as "the same rows in another order"; empty where nothing was.</summary>
    public string Change { get; private init; } = string.Empty;

    /// <summary>The trial after that; null where nothing was done.</summary>
    public TrialData? Changed { get; private init; }

    /// <summary>What the law expects.</summary>
    public string Expected { get; private init; } = string.Empty;

    /// <summary>What the estimator gave.</summary>
    public string Found { get; private init; } = string.Empty;

    /// <summary>The estimator gave no answer that the law is about.</summary>
    public static LawOutcome Unanswered(string reason) => new() { Reason = reason };

    /// <summary>The law is broken.</summary>
    /// <param name="expected">What it expects.</param>
    /// <param name="found">What the estimator gave.</param>
    /// <param name="change">What was done to the trial; empty where nothing was.</param>
    /// <param name="changed">The trial after that.</param>
    public static LawOutcome Broken(string expected, string found, string change = "", TrialData? changed = null) =>
        new() { IsAnswered = true, IsBroken = true, Expected = expected, Found = found, Change = change, Changed = changed };
}
