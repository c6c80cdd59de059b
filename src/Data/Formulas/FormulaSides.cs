namespace MarginalConditional.Data.Formulas;

/// <summary>What stands on either side of a formula's tilde, before it is expanded.</summary>
internal sealed record FormulaSides(Expression Left, Expression Right);
