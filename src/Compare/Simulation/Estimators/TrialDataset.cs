using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Compare.Simulation.Estimators;

/// <summary>A replicate as a data set with a formula, for analyses that take treatments apart by their name.</summary>
internal static class TrialDataset
{
    /// <summary>The name of the treatment.</summary>
    public const string Treatment = "treatment";

    /// <summary>Builds the frame of a mixed model with a random intercept of clusters.</summary>
    /// <param name="replicate">Of a design that compares two arms and nothing else.</param>
    /// <param name="adjust">Whether covariates are in the formula.</param>
    /// <exception cref="InvalidOperationException">The design has other columns.</exception>
    public static ModelFrame Frame(Replicate replicate, bool adjust)
    {
        var frame = replicate.Frame;
        if (frame.Design.Columns != 2 || replicate.Model.EffectColumn != 1)
        {
            throw new InvalidOperationException("The ladder is estimated in designs of two arms without periods or time.");
        }

        var id = new double[frame.Rows];
        for (var c = 0; c < frame.Clusters.Count; c++)
        {
            id.AsSpan(frame.Clusters.Start(c), frame.Clusters.Size(c)).Fill(c + 1);
        }

        var covariates = adjust ? frame.AuxiliaryColumns.OfType<NumericColumn>().ToArray() : [];
        var data = new Dataset("trial", [
            new NumericColumn("y", frame.Response.ToArray()),
            new NumericColumn(Treatment, frame.Design.Column(1).ToArray()),
            new NumericColumn("cluster", id),
            .. covariates,
        ]);
        var terms = string.Concat(covariates.Select(column => $" + {column.Name}"));
        return ModelFrameBuilder.Build(
            data, new FrameRequest { Formula = FormulaParser.Parse($"y ~ {Treatment}{terms} + (1 | cluster)"), Cluster = "cluster" });
    }
}
