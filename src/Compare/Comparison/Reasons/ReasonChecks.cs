namespace MarginalConditional.Compare.Comparison.Reasons;

/// <summary>Every check of a reason why GEE and the marginalized mixed model could differ by more than chance.</summary>
internal static class ReasonChecks
{
    public static IReadOnlyList<ReasonCheck> Run(ComparedModels comparison) =>
    [
        .. new[]
        {
            BoundaryCheck.Run(comparison),
            ClusterSizeCheck.Run(comparison),
            LadderStepCheck.Size(comparison),
            LadderStepCheck.Model(comparison),
            OverTimeCheck.Averages(comparison),
            OverTimeCheck.Exposures(comparison),
            WithinBetweenCheck.Run(comparison),
            DropoutCheck.Run(comparison),
            CurvatureCheck.Run(comparison),
            LawCheck.Run(comparison),
            ArmSpreadCheck.Run(comparison),
            InfluentialClusterCheck.Run(comparison),
            FewClustersCheck.Run(comparison),
        }.OfType<ReasonCheck>(),
    ];
}
