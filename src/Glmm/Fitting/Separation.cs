using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.Separation;

namespace MarginalConditional.Glmm.Fitting;

/// <summary>Names what no finite maximum exists for: separated covariates, and random effects whose variance grows without bound.</summary>
internal static class Separation
{
    /// <summary>Marks a maximum that is none.</summary>
    /// <param name="model">The model.</param>
    /// <param name="maximum">Where the climb ended.</param>
    /// <param name="start">Where it began, and what is separated there.</param>
    /// <param name="isUnbounded">Whether the likelihood rises for ever as a variance grows.</param>
    public static Ascent Name(PreparedModel model, Ascent maximum, StartingValues start, bool isUnbounded) =>
        model.Options.PenaltyScale is not null ? maximum
        : start.Separated is { } separated
            ? Mark(maximum, SeparationSentence.Of(model.Frame.Design.Names, separated, ", or hold it by --penalty"))
        : isUnbounded ? Mark(maximum, Unbounded(model))
        : maximum;

    private static string Unbounded(PreparedModel model)
    {
        var groups = string.Join(" and ", model.Levels.Select(level => level.Terms[0].Group));
        var frame = model.Frame;
        var members = model.Levels[0].Groups;
        var alike = model.Levels.Count == 1;
        for (var row = 1; row < frame.Rows && alike; row++)
        {
            alike = members[row] != members[row - 1] || frame.Response[row] == frame.Response[row - 1];
        }

        if (alike && model.Levels[0].GroupCount == frame.Rows)
        {
            return $"Every value of {groups} has a single outcome of yes or no, and the likelihood rises for ever as the variance between "
                + "them grows: it cannot be told from chance. gee --corr independence describes the means without it.";
        }

        return (alike
            ? $"Within every value of {groups} all outcomes are alike, and the likelihood rises for ever as the variance between them grows"
            : $"The random effects of {groups} tell the outcomes apart, and the likelihood rises for ever as their variance grows")
            + ": neither it nor the coefficients have a finite estimate. Describe the marginal means by gee, or "
            + (alike ? "summarize each group to one outcome." : "use fewer random effects.");
    }

    private static Ascent Mark(Ascent maximum, string message) =>
        maximum with { Convergence = maximum.Convergence with { Status = ConvergenceStatus.Separation, Message = message } };
}
