namespace MarginalConditional.Glmm.Model;

/// <summary>The linear change of variables of a model's fixed part, under which the iteration runs.</summary>
internal interface IFixedScaling
{
    /// <summary>p, the number of parameters of the fixed part.</summary>
    int Columns { get; }

    /// <summary>Parameters of the data's columns from those of the scaled ones.</summary>
    void ToData(ReadOnlySpan<double> scaled, Span<double> coefficients);

    /// <summary>Parameters of the scaled columns from those of the data's.</summary>
    void FromData(ReadOnlySpan<double> coefficients, Span<double> scaled);

    /// <summary>Adds the Jacobian ∂(scaled)/∂(data), p×p, to the upper left corner of an m×m row-major matrix of zeros.</summary>
    void FillJacobian(Span<double> jacobian, int order);
}
