using FsCheck;
using FsCheck.Fluent;
using MarginalConditional.Properties.Trials;

namespace MarginalConditional.Properties.Generators;

/// <summary>Generators of clustered trials, with shrinking.</summary>
public static class TrialGenerators
{
    /// <summary>
    /// Trials of a model: clusters of unequal sizes with gaps, covariates of rows and of clusters, and hard cases among them.
    /// </summary>
    /// <param name="model">What is to be fitted.</param>
    /// <param name="shape">Which trials are wanted; null for all kinds.</param>
    public static Gen<TrialData> Trials(TrialModel model, TrialShape? shape = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        shape ??= new TrialShape();
        TrialKind[] kinds = shape.HasHardCases ? Enum.GetValues<TrialKind>() : [TrialKind.Plain, TrialKind.Gaps];
        var spread = shape.MostClusters - shape.FewestClusters;
        return from kind in Gen.Elements(kinds)
               from more in Gen.Sized(size => Gen.Choose(0, spread * size / (size + 20)))
               from seed in Gen.Choose(0, int.MaxValue)
               select TrialDraw.Of(model, shape, kind, shape.FewestClusters + (kind == TrialKind.FewClusters ? 0 : more), seed);
    }

    /// <summary>The same with shrinking: to fewer clusters, fewer rows and simpler numbers, never to an arm without outcomes.</summary>
    /// <param name="model">What is to be fitted.</param>
    /// <param name="shape">Which trials are wanted; null for all kinds.</param>
    public static Arbitrary<TrialData> Arbitrary(TrialModel model, TrialShape? shape = null)
    {
        var wanted = shape ?? new TrialShape();
        return Arb.From(Trials(model, wanted), trial => TrialShrinker.Smaller(trial, wanted));
    }
}
