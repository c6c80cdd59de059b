using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Comparison.Reasons;

/// <summary>One possible reason for a gap beyond non-collapsibility, and what the data say about it.</summary>
/// <param name="Key">The name in JSON, such as <c>informative-cluster-size</c>.</param>
/// <param name="Outcome">What the check came to.</param>
/// <param name="Finding">One sentence.</param>
/// <param name="Test">The test behind it, or null.</param>
public sealed record ReasonCheck(string Key, ReasonOutcome Outcome, string Finding, WaldTest? Test = null)
{
    /// <summary>The level below which a test counts as a sign: 0.05.</summary>
    public const double Alpha = 0.05;

    /// <summary>A check by a test.</summary>
    /// <param name="key">The name in JSON.</param>
    /// <param name="test">The test.</param>
    /// <param name="sign">The finding when p is below <see cref="Alpha"/>.</param>
    /// <param name="noSign">The finding when it is not.</param>
    public static ReasonCheck ByTest(string key, WaldTest test, string sign, string noSign)
    {
        ArgumentNullException.ThrowIfNull(test);
        return test.PValue < Alpha
            ? new ReasonCheck(key, ReasonOutcome.Sign, sign, test)
            : new ReasonCheck(key, double.IsNaN(test.PValue) ? ReasonOutcome.NotApplicable : ReasonOutcome.NoSign, noSign, test);
    }
}
