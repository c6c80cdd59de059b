using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Comparison.Reasons;

/// <summary>One possible reason for a gap beyond non-collapsibility, and what the data say about it.</summary>
/// <param name="Key">The name in JSON, such as <c>informative-cluster-size</c>.</param>
/// <param name="Outcome">What the check came to.</param>
/// <param name="Finding">One sentence.</param>
/// <param name="Test">The test behind it, or null.</param>
public sealed record ReasonCheck(string Key, ReasonOutcome Outcome, string Finding, WaldTest? Test = null)
{
    /// <summary>
    /// What a sign of this reason makes doubtful and what to read instead, a clause such as
    /// <c>the coefficients of both fits answer neither question: read …</c>; empty when nothing is threatened.
    /// </summary>
    public string Consequence { get; init; } = string.Empty;

    /// <summary>The rungs of the ladder that a sign of this reason threatens.</summary>
    public IReadOnlyList<int> Threatens { get; init; } = [];

    /// <summary>What a check by a test says where it is a sign, and where it is none; null for one without test.</summary>
    internal (string Sign, string NoSign)? Texts { get; init; }

    /// <summary>A check by a test.</summary>
    /// <param name="key">The name in JSON.</param>
    /// <param name="test">The test.</param>
    /// <param name="alpha">The level below which it counts as a sign.</param>
    /// <param name="sign">The finding when p is below <paramref name="alpha"/>.</param>
    /// <param name="noSign">The finding when it is not.</param>
    public static ReasonCheck ByTest(string key, WaldTest test, double alpha, string sign, string noSign)
    {
        ArgumentNullException.ThrowIfNull(test);
        var outcome = test.PValue < alpha ? ReasonOutcome.Sign
            : double.IsNaN(test.PValue) ? ReasonOutcome.NotApplicable
            : ReasonOutcome.NoSign;
        return new ReasonCheck(key, outcome, outcome == ReasonOutcome.Sign ? sign : noSign, test) { Texts = (sign, noSign) };
    }
}
