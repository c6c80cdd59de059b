namespace MarginalConditional.Cli.Options;

/// <summary>The pictures that each command can draw.</summary>
internal static class PictureKinds
{
    private static readonly PictureKind Coefficients = new("coefficients", "effects with their intervals");
    private static readonly PictureKind Means = new("means", "estimated means of one or two variables");
    private static readonly PictureKind Dropout = new("dropout", "who was seen at which waves");
    private static readonly PictureKind Correlation = new("correlation", "correlation by lag, fitted and observed");
    private static readonly PictureKind Influence = new("influence", "how much each cluster moves the result");
    private static readonly PictureKind MeanResiduals = new("residuals", "mean residuals where fitted means are alike");
    private static readonly PictureKind RandomEffects = new("random-effects", "predicted effects against normal quantiles");
    private static readonly PictureKind Likelihood = new("likelihood", "likelihood profiles of standard deviations of effects");
    private static readonly PictureKind Curves = new("curves", "curves of single clusters under the population's average");
    private static readonly PictureKind Attenuation = new("attenuation", "the marginal effect as the clusters' spread grows");

    private static readonly PictureKind Zip = new("zip", "intervals of the replicates");
    private static readonly PictureKind Lollipop = new("lollipop", "bias, errors and coverage");
    private static readonly PictureKind NestedLoop = new("nested-loop", "bias over all scenarios in nested order");
    private static readonly PictureKind CoverageLoop = new("nested-loop-coverage", "coverage likewise");
    private static readonly PictureKind TypeIError = new("type-i-error", "rejections where there is no effect");

    /// <summary>Of <c>gee</c>.</summary>
    public static IReadOnlyList<PictureKind> Gee { get; } =
        [Coefficients, Means, MeanResiduals, Correlation, Influence, Dropout];

    /// <summary>Of <c>glmm</c>.</summary>
    public static IReadOnlyList<PictureKind> Glmm { get; } =
    [
        Coefficients, Means, Curves, Attenuation, MeanResiduals,
        new("simulated-residuals", "residuals scaled among draws from the fit, against uniform quantiles"),
        new("simulated-residuals-rank", "the same by rank of the prediction"), RandomEffects, Influence, Likelihood,
    ];

    /// <summary>Of <c>lmm</c>.</summary>
    public static IReadOnlyList<PictureKind> Lmm { get; } =
    [
        Coefficients, Means, Correlation,
        new PictureKind("residuals", "residuals against normal quantiles"), RandomEffects, Influence, Likelihood, Dropout,
    ];

    /// <summary>Of <c>compare</c>.</summary>
    public static IReadOnlyList<PictureKind> Compare { get; } =
    [
        new("ladder", "the rungs of the ladder and the steps between them"), new("gap", "what each cause makes of the difference"), Curves,
        Attenuation, Correlation, Influence, Dropout,
    ];

    /// <summary>Of <c>profile</c>.</summary>
    public static IReadOnlyList<PictureKind> Profile { get; } =
        [new("caterpillar", "units by their shrunken rates"), new("funnel", "crude rates of units against their precision")];

    /// <summary>Of <c>meta</c>.</summary>
    public static IReadOnlyList<PictureKind> Meta { get; } =
    [
        new("forest", "studies and the combined effect"), new("funnel", "effects against their standard errors"),
        new("radial", "standardized effects against precision"), new("labbe", "events of both arms"),
        new("bubble", "effects against a moderator"),
    ];

    /// <summary>Of <c>simulate</c>.</summary>
    public static IReadOnlyList<PictureKind> Simulate { get; } =
    [
        Zip, Lollipop, NestedLoop, CoverageLoop, new("attenuation", "means of estimates against their truths"), TypeIError,
    ];

    /// <summary>Of <c>summarize</c>.</summary>
    public static IReadOnlyList<PictureKind> Summarize { get; } = [Zip, Lollipop, NestedLoop, CoverageLoop, TypeIError];
}
