using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Lmm.Model;
using MarginalConditional.Lmm.Residual;

namespace MarginalConditional.Lmm;

/// <summary>What data must have for a linear mixed model to be fitted at all, each with a message of its own.</summary>
internal static class LmmInputCheck
{
    /// <summary>Checks rows, response and random terms.</summary>
    public static void Check(ModelFrame frame, ReadOnlySpan<double> response, LmmOptions options)
    {
        var p = frame.Design.Columns;
        if (frame.Rows <= p)
        {
            throw new InputException(
                $"There are {frame.Rows} complete rows for {p} coefficients: no row is left to estimate a variance from.");
        }

        var variances = VarianceCount(frame);
        if (p + variances + 1 > frame.Rows)
        {
            throw new InputException($"There are {frame.Rows} complete rows for {p + variances + 1} parameters: {p} coefficients, "
                + $"{variances} variances and correlations of the random effects, the residual variance.")
            {
                Hint = "Leave terms out; (x || g) leaves out correlations.",
            };
        }

        foreach (var value in response)
        {
            if (!double.IsFinite(value))
            {
                throw new InputException($"The response {frame.ResponseName} has a value that is not finite ({value}).");
            }
        }

        if (!response.ContainsAnyExcept(response[0]))
        {
            throw new InputException($"The response {frame.ResponseName} is {response[0]} in every row: there is no variance to model.");
        }

        foreach (var term in frame.RandomTerms)
        {
            if (term.GroupCount < 2)
            {
                throw new InputException(
                    $"The grouping {term.Group} has one value only: the variance between its groups cannot be estimated.")
                {
                    Column = term.Group,
                };
            }

            var identity = options.Residual == ResidualStructure.Identity && options.FixedResidualVariance is null;
            if (identity && term.GroupCount == frame.Rows && frame.Weights.Length == 0)
            {
                throw new InputException($"Each row has a value of {term.Group} of its own: the variance between its groups cannot be told "
                    + $"from the residual variance.")
                {
                    Hint = "Give as grouping a column whose values occur in several rows.",
                };
            }
        }
    }

    /// <summary>Checks that the residual structure's parameters can be estimated.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="data">The prepared data.</param>
    /// <param name="structure">The structure.</param>
    /// <param name="groups">The labels of the groups with a covariance of their own.</param>
    public static void CheckResidual(ModelFrame frame, LinearMixedData data, ResidualStructure structure, IReadOnlyList<string> groups)
    {
        if (data.Residual is not { } residual)
        {
            return;
        }

        CheckNesting(frame, data, residual);
        var layout = residual.Layout;
        if (layout.Waves > 1
            && layout.Patterns.All(pattern => pattern.Size == 1)
            && structure != ResidualStructure.Diagonal
            && structure != ResidualStructure.Identity)
        {
            throw new InputException($"No {frame.Clusters.Name} has more than one row: the correlation over waves cannot be estimated.")
            {
                Hint = "Check that --cluster names the subjects.",
            };
        }

        if (structure != ResidualStructure.Unstructured)
        {
            CheckParameters(frame, layout.Waves, residual.Parameters);
            return;
        }

        var subjects = layout.Patterns.Sum(pattern => pattern.Subjects);
        if (residual.Parameters + 1 > frame.Rows)
        {
            throw new InputException($"The unstructured covariance of {layout.Waves} waves has {residual.Parameters + 1} parameters; there "
                + $"are {frame.Rows} rows of {subjects} subjects.")
            {
                Hint = "Use a structure with fewer parameters, such as ar1, toep or ante, or check that --wave names the visits.",
            };
        }

        CheckPairs(frame, layout);
        CheckSubjects(frame, layout, groups);
    }

    /// <summary>
    /// Residuals are correlated within a subject, so that each subject has to lie in one group of the finest random effect.
    /// </summary>
    private static void CheckNesting(ModelFrame frame, LinearMixedData data, ResidualModel residual)
    {
        if (data.Hierarchy.Levels.Count == 0 || data.Hierarchy.Layout is not null)
        {
            return;
        }

        foreach (var start in data.Hierarchy.Levels[^1].ChildOffsets)
        {
            if (Array.BinarySearch(residual.BlockStarts, start) < 0)
            {
                throw ResidualLayout.SubjectInSeveralGroups(frame);
            }
        }
    }

    private static void CheckParameters(ModelFrame frame, int waves, int own)
    {
        var (p, variances) = (frame.Design.Columns, VarianceCount(frame));
        if (p + variances + own + 1 > frame.Rows)
        {
            throw new InputException($"There are {frame.Rows} complete rows for {p + variances + own + 1} parameters: {p} coefficients, "
                + $"{variances} variances and correlations of random effects, {own + 1} of the residuals over {waves} waves.")
            {
                Hint = "Use a structure with fewer parameters, such as ar1, or check that --wave names the visits.",
            };
        }
    }

    /// <summary>The variances and correlations of the random effects.</summary>
    private static int VarianceCount(ModelFrame frame) =>
        frame.RandomTerms.Sum(term => term.Correlated ? term.Dimension * (term.Dimension + 1) / 2 : term.Dimension);

    /// <summary>With fewer subjects than waves some combination of the waves is the same for all of them.</summary>
    private static void CheckSubjects(ModelFrame frame, ResidualLayout layout, IReadOnlyList<string> groups)
    {
        for (var group = 0; group < layout.Groups; group++)
        {
            var subjects = layout.Patterns.Where(pattern => pattern.Group == group).Sum(pattern => pattern.Subjects);
            if (subjects < layout.Waves)
            {
                var where = layout.Groups == 1 ? "There are" : $"Group {groups[group]} has";
                throw new InputException($"{where} {subjects} values of {frame.Clusters.Name} for {layout.Waves} waves: with fewer "
                    + $"subjects than waves the likelihood of an unstructured covariance has no maximum.")
                {
                    Hint = layout.Groups == 1
                        ? "Use a structure with fewer parameters, such as cs, ar1 or toep."
                        : "Leave out --by, or use a structure with fewer parameters, such as cs, ar1 or toep.",
                };
            }
        }
    }

    private static void CheckPairs(ModelFrame frame, ResidualLayout layout)
    {
        var m = layout.Waves;
        for (var group = 0; group < layout.Groups; group++)
        {
            var seen = new bool[m * m];
            foreach (var pattern in layout.Patterns.Where(pattern => pattern.Group == group))
            {
                foreach (var i in pattern.Ranks)
                {
                    foreach (var j in pattern.Ranks)
                    {
                        seen[(i * m) + j] = true;
                    }
                }
            }

            var missing = Array.IndexOf(seen, value: false);
            if (missing >= 0)
            {
                throw new InputException($"No {frame.Clusters.Name} was seen at both of the waves {Label(frame, missing / m)} and "
                    + $"{Label(frame, missing % m)}: their unstructured covariance cannot be estimated.")
                {
                    Hint = "Use a structure that borrows from other waves, such as ar1, toep or ante.",
                };
            }
        }
    }

    private static string Label(ModelFrame frame, int wave) =>
        frame.WaveLabels.Count > 0 ? frame.WaveLabels[wave] : (wave + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
