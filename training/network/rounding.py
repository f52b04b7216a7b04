"""Rounds a network's weights to whole numbers of four bits, a scale for each row.

Linear layers are rounded input by input, and what one input's rounding gets wrong is made good by those that are still
unrounded, as far as the layer's inputs go together on text of the kind (GPTQ: Frantar et al. 2023, arXiv 2210.17323). The
vocabulary's table is rounded to the nearest.
"""

import numpy as np
import torch
from torch import nn

# Whole numbers go from minus this to this: of the wide layers, which are two thirds of all, of other layers and of the table.
# Four bits would hold 7; fewer of them compress better.
WIDE_LEVELS, LAYER_LEVELS, TABLE_LEVELS = 4, 5, 3
# Share of the mean of a layer's own products that is added to them, so that they can be inverted.
DAMP = 0.01


def scales(weight, levels):
    """For each row the scale that has the least squared error, of some."""
    most = weight.abs().amax(1, keepdim=True).clamp(min=1e-8)
    best_error, best = None, None
    for share in np.linspace(0.45, 1.0, 23):
        scale = most * float(share) / levels
        error = ((nearest(weight, scale, levels) * scale - weight) ** 2).sum(1, keepdim=True)
        if best is None:
            best_error, best = error, scale
        else:
            best = torch.where(error < best_error, scale, best)
            best_error = torch.minimum(error, best_error)
    return half(best)


def half(x):
    """Floats of two bytes: the upper half of four."""
    return x.to(torch.bfloat16).float()


def nearest(weight, scale, levels):
    return (weight / scale).round().clamp(-levels, levels)


def products(network, batches):
    """Of each linear layer the products of its inputs with one another, summed over the batches: pairs of a network's
    readings and comparisons."""
    sums, hooks = {}, []

    def watch(module):
        sums[module] = torch.zeros(module.in_features, module.in_features)

        def see(_, inputs):
            x = inputs[0].detach().float().reshape(-1, module.in_features).cpu()
            sums[module] += x.T @ x

        hooks.append(module.register_forward_pre_hook(see))

    for module in network.modules():
        if isinstance(module, nn.Linear):
            watch(module)
    network.eval()
    with torch.no_grad():
        for used, a, b in batches:
            network.compare(network.read(used), torch.tensor(a), torch.tensor(b))
    for hook in hooks:
        hook.remove()
    return sums


def fitted(weight, product):
    """Whole numbers and scales of a layer."""
    levels = WIDE_LEVELS if 4 * min(weight.shape) == max(weight.shape) else LAYER_LEVELS
    scale, rest = scales(weight, levels), weight.clone()
    product = product + DAMP * product.diagonal().mean() * torch.eye(len(product))
    upper = torch.linalg.cholesky(torch.cholesky_inverse(torch.linalg.cholesky(product.double())), upper=True).float()
    numbers = torch.zeros_like(weight)
    for at in range(weight.shape[1]):
        numbers[:, at] = nearest(rest[:, at : at + 1], scale, levels)[:, 0]
        wrong = (rest[:, at] - numbers[:, at] * scale[:, 0]) / upper[at, at]
        rest[:, at + 1 :] -= wrong[:, None] * upper[at, at + 1 :]
    return numbers, scale


@torch.no_grad()
def rounded(network, batches):
    """Rounds a network in place; export.py finds the numbers and scales beside the weights."""
    network.cpu()
    for parameter in network.parameters():
        if parameter.dim() == 1 or parameter is network.encoder.places or parameter is network.comparison.place.weight:
            parameter.copy_(half(parameter))
    sums = products(network, batches)
    table = network.encoder.table
    for module in [table, *sums]:
        weight = module.weight.detach()
        if module is table:
            scale = scales(weight, TABLE_LEVELS)
            numbers = nearest(weight, scale, TABLE_LEVELS)
        else:
            numbers, scale = fitted(weight, sums[module])
        module.numbers, module.scale = numbers, scale
        module.weight.copy_(numbers * scale)
