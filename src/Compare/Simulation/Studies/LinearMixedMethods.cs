using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Lmm.Inference;
using MarginalConditional.Lmm.Residual;

namespace MarginalConditional.Compare.Simulation.Studies;

/// <summary>Methods of study files that fit linear mixed models, of the outcome or of its linearization.</summary>
internal static class LinearMixedMethods
{
    private static readonly (string Name, LmmReference Reference)[] References =
        [.. LmmReference.All.Select(reference => (reference.Name, reference))];

    private static readonly (string Name, ResidualStructure Structure)[] Structures =
        [.. ResidualStructure.All.Select(structure => (structure.Name, structure))];

    /// <summary>Null stands for the standard errors of the model.</summary>
    private static readonly (string Name, SandwichCorrection? Correction)[] Errors =
        [("model", null), .. SandwichCorrection.All.Select(correction => (correction.Name, (SandwichCorrection?)correction))];

    /// <summary>The kinds.</summary>
    public static IReadOnlyList<MethodKind> Kinds { get; } =
    [
        new("lmm", ["ml", "random", "residual", "df", "se"], Linear),
        new("pseudo-likelihood", ["method", "random", "df", "se"], Linearized),
    ];

    private static LmmEstimator Linear(MethodSection section)
    {
        var restricted = section.Choice("ml", true, [("false", true), ("true", false)]);
        return new LmmEstimator
        {
            Name = section.Name,
            Arm = section.Arm,
            Adjust = section.Adjust,
            Restricted = restricted,
            RandomEffects = section.Choice("random", RandomPart.Intercept, RandomPart.Named),
            Residual = section.Choice("residual", ResidualStructure.Identity, Structures),
            Reference = Reference(section, restricted, "ml: false"),
        };
    }

    private static PseudoLikelihoodEstimator Linearized(MethodSection section)
    {
        var restricted = section.Choice("method", true, [("repl", true), ("mpl", false)]);
        return new PseudoLikelihoodEstimator
        {
            Name = section.Name,
            Arm = section.Arm,
            Adjust = section.Adjust,
            Restricted = restricted,
            RandomEffects = section.Choice("random", RandomPart.Intercept, RandomPart.Named),
            Reference = Reference(section, restricted, "method: repl"),
        };
    }

    /// <summary>As the command has it: sandwiches go with the normal reference or Satterthwaite's.</summary>
    private static LmmReference Reference(MethodSection section, bool restricted, string cure)
    {
        var reference = section.Choice("df", LmmReference.Normal, References);
        if (!restricted && reference == LmmReference.KenwardRoger)
        {
            throw section.Error(
                "df",
                "Kenward and Roger's method needs a fit by restricted maximum likelihood.",
                $"Say {cure}, or take df: satterthwaite.");
        }

        return section.Choice("se", null, Errors) is not { } correction ? reference
            : reference == LmmReference.KenwardRoger ? throw section.Error(
                "se",
                "Kenward and Roger's degrees of freedom belong to model-based standard errors.",
                "Leave out se, or take df: satterthwaite.")
            : LmmReference.WithSandwich(correction, moments: reference == LmmReference.Satterthwaite);
    }
}
