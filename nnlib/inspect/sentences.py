"""What is said about each kind of mistake: it coaches, and does not give the line away.

Kinds that are mutants take the sentence from there. `{m}` is the number of examples, `{k}` that of outputs.
"""

from nnlib.inspect.mutants import MUTANTS

SENTENCES = {
    # arrays alone
    "not_numbers": "Here is no array of numbers, but {got}: a gradient is an array of numbers.",
    "not_finite": "Your gradient holds {got}, no finite number, {where}. What is divided by zero, or overflows?",
    "flat": "Your gradient has shape {got}, expected {expected}: the numbers may well be right, one axis is missing or "
    "too many. Keep it, and no broadcast surprises you later.",
    "examples_kept": "Your gradient has shape {got}, expected {expected}: one {line} an example is still there. What "
    "becomes of the {m} examples?",
    "shape": "Your gradient has shape {got}, expected {expected}: a gradient has the shape of what it is the gradient "
    "of.",
    "one_per_example": "Your gradient has shape {got}, expected {expected}: one number for each of the {m} examples is "
    "left. Over which axis do you add up?",
    "whole_numbers": "Your gradient of {names} holds whole numbers: what stands behind the point was cut off. Which "
    "dtype has the array that it is put into?",
    "exchanged": "Your gradients are right and stand in another order: {pairs}. Which belongs to which?",
    "copied": "Of each of these you give the gradient of another: {pairs}. What do the two meet on the way up?",
    "without_effect": "Whatever is done to {names}, the loss stays the same, and you give a gradient there. Do you "
    "compute with {one} on the way up?",
    "one_array": "{names} are one and the same array: whoever moves one moves the other, and it has one gradient, the "
    "sum of yours. Are they meant to be two? Then one has to be a copy.",
    "one_gradient": "What you give is the same in {names}, to the last digit, and the slopes are not: it may be one "
    "object under several names. How many arrays are made, and where is each filled?",
    "slope_of_next": "Your error is multiplied by the slope of the activation above, where the one of this place "
    "belongs. Which z went through it?",
    "slope_of_last": "Your error is multiplied by the slope at the output once more, where the one of this place "
    "belongs. Which z went through it?",
    "other_weights": "On the way down your error goes through {other}. Through what did the signal pass there on its "
    "way up?",
    "slope_zero": "No error gets past it. Does your way back come as far as this? If it does, a slope there is 0 "
    "everywhere: is that line worked out in the order that you mean?",
    "slope_of_place": "Your error is multiplied by the slope that stands in {other}. Which z went through the "
    "activation of this place?",
    "signs_lost": "What you begin with has the right size and no sign: it would always go the same way. Is an absolute "
    "value taken?",
    "divided_by_output": "What you begin with is the gradient at z, and it is divided by the network's output once "
    "more. Where is that counted already?",
    "times_output": "What you begin with is the gradient at z, and it is multiplied by the network's output once more. "
    "Where is that counted already?",
    "decided_first": "What you begin with is the difference between a decision, 0 or 1, and the label: a wrong answer "
    "that was nearly right counts as much as a far one. From what does your loss measure the distance?",
    "labels_exchanged": "What you begin with takes 1 minus the label where the label belongs: every yes is taken for a "
    "no. Which label does the loss take?",
    "labels_crossed": "What you begin with compares each output with all {n} labels, as a column does that meets a "
    "row: of the labels nothing but their mean is left. Which shape have the two?",
    "class_numbers": "What you begin with is the probabilities minus the number of the class{share} in all {k} places "
    "alike. In which of them should anything be taken away, and how much?",
    "labels_added": "What you begin with is output plus labels. Which of the two is too large, and by how much?",
    "labels_left_out": "What you begin with is the probabilities alone. What do the labels have to do with it?",
    "slope_at_network_output": "You take the slope at what the network gives out. Which number went into the "
    "activation of this place?",
    "path_left_out": "What comes out there is used at several places, and the error comes back from each. The one that "
    "comes back {way} is left out. On how many ways did these numbers reach the loss?",
    "first_case_always": "Your loss chooses, number by number, between two formulas, and your way back takes the first "
    "for all. What is the slope where the loss takes the other?",
    "other_case_always": "Your loss chooses, number by number, between two formulas, and your way back takes the other "
    "for all. What is the slope where the loss takes the first?",
    "places_assigned": "A place that is taken several times keeps the last of its gradients alone. What should each of "
    "them do to those before?",
    "maximum_shared": "The gradient of a maximum is spread evenly over the numbers that it was taken of, as that of a "
    "mean is. Which of them moved the maximum on the way up?",
    "maximum_to_all": "Every number that a maximum was taken of gets its whole gradient. Which of them moved the "
    "maximum on the way up?",
    "maximum_for_error": "Where a maximum was taken you hand down the maximum itself, and the error that arrives "
    "there is not used. How much does the loss move when the maximum does?",
    "margins_counted_once": "The score of the right class gets the error of one class that comes too near, however "
    "many do. In how many terms of your loss does it stand?",
    "factor_left_out": "On the way up something there is multiplied by {factor}, and on your way back that factor is "
    "missing. By what is an error multiplied that goes back through a product?",
    "array_left_out": "On the way up something there is multiplied by {factor}, and on your way back {factor} is "
    "missing. By what is an error multiplied that goes back through a product?",
    "mask_of_error": "You set to 0 where the error itself is below 0. Which numbers were cut off on the way up?",
    "error_dropped": "What you hand down is the slope alone: the error that arrives there is not used. What is it "
    "multiplied by?",
    "factor_sign": "On the way up something there is multiplied by {factor}, and on your way back the sign of that "
    "factor is turned. Which sign had it on the way up?",
    "product_for_factor": "Where two numbers are multiplied on the way up, your way back multiplies by the product, "
    "where the other factor belongs. How much does a product move when one factor does?",
    "state_after": "Where two numbers are multiplied on the way up, your way back takes what came out after that step "
    "for the factor that went in. Which of the two was there when they were multiplied?",
    "factor_turned": "On your way back what you multiply by stands in the reverse order. Which number met which on the "
    "way up?",
    "kernel_reversed": "On the way down your error goes through the kernel in reverse order. Which of its numbers met "
    "which on the way up?",
    "norm_axis_back": "On the way back you take the two means along the other axis than mean and variance are taken "
    "along on the way up. Which numbers share a mean?",
    "windows_written_over": "Windows that overlap share numbers, and on your way back each window writes over what the "
    "one before put there. How many windows does a number stand in, and what comes back to it from each?",
    "other_array": "Your gradient of these weights multiplies with `{name}`. Is that what came into this place on the "
    "way up?",
    "labels_of_two_signs": "What you begin with is sigmoid minus label, and your labels are -1 and 1: that is the "
    "gradient of a loss with labels 0 and 1. What is the slope of yours?",
    "labels_hard": "What you begin with is output minus labels of 0 and 1, and those of your loss lie between. Which "
    "labels does your loss compare with?",
    "use_alone": "The loss meets {names} {n} times, and your gradient holds what came of the {which} time alone. What "
    "should each time do to what came before: write over it, or be added to it?",
    "use_left_out": "The loss meets {names} {n} times, and your gradient lacks what comes of the {which} one. On how "
    "many ways did it reach the loss?",
    "moved_first": "On the way down your error goes through weights that have been moved already, by {rate:.3g} times "
    "their gradient. Through which did the signal pass on its way up?",
    "weights_sign": "What you hand down has the wrong sign. Which sign had the weights on the way up?",
    "raw_inputs_for_activation": "Your gradient of these weights multiplies with the data, where the activation below "
    "belongs. What came into this layer on the way up?",
    "never_handed_on": "Every layer gets the error of the last one: what a layer hands down is never used. Where is "
    "the gradient taken up that comes back from the layer above?",
    "softmax_axis_back": "Your softmax adds up along one axis on the way up, and along the other on the way back. The "
    "probabilities of one example make 1 together: which axis is that?",
    "another_loss": "Your way back begins with output minus label, as cross-entropy's does: it is right for that, and "
    "your loss is another. What does cross-entropy charge for a label of 0, and what for one of 1?",
    "slope_after_both": "What you begin with is the gradient of softmax and loss together already, and you multiply by "
    "p (1 - p) once more. Where is that slope counted?",
    "slope_of_helper": "`{helper}` is not the slope of `{bend}`.{numbers} With the slope that is measured in its "
    "place, all comes out right.",
    "slope_of_output": "`{helper}` is the slope of `{bend}` written with what comes out of it, and you hand it what "
    "goes in. With the slope that is measured in its place, all comes out right.",
    "both_signs": "Your gradients have the other sign, and your update adds them: the two signs cancel, and your "
    "network steps downhill, as it should. What is called a gradient points uphill: others would read it the wrong "
    "way.",
    "way_up": "Your gradients are those of another way up: {says} With that mended, loss and gradients agree. "
    "Which of the two do you mean?",
    "factor_of_yours": "All your numbers are the right ones times {ratio:.4g}, and your `{name}` is {value:g}. Is it "
    "missing on one of the two ways, up or back?",
    "log_of_base": "Your gradient is {ratio:.4g} times the right one: that is the logarithm of {base}. Does your loss "
    "take the logarithm to the base {base}, and its gradient that to the base e?",
    "size_for_examples": "Your gradient of {names} is divided by the number of the array's own {which} ({sizes}), "
    "where that of the examples, {m}, belongs. Which axis of which array counts the examples?",
    "l2_missing_there": "Your gradient of {names} is right but for {share:.4g} times the array itself, which is an "
    "L2 term; that of {right} is right with it. Which arrays does the loss charge for?",
    "l1_other": "Your gradient of {names} is the right one and {share:.4g} times its signs {way}: that is the slope of "
    "an L1 term. Has it the same sign and the same factor in the loss and in the gradient?",
    "l2_for_l1": "Your gradient of {names} has {share:.4g} times the array itself, where {other:.4g} times its signs "
    "belongs: your loss adds up sizes, not squares. What is the slope of |w|?",
    "l2_in_part": "In its {which} alone your gradient of {names} has {share:.4g} times the array itself {way}: that is "
    "an L2 term, which the loss does not have there. Are these the biases?",
    "l2_other": "Your gradient of {names} is the right one and {share:.4g} times the array itself {way}: that is an L2 "
    "term. Has it the same sign and the same factor in the loss and in the gradient?",
    "column_met_row": "An array {one} meets one {other}: {many} numbers in a column and {many} in a row make {made}, "
    "each with each. With one for one all your gradients are right. Which shape should the two have?",
    "update_in_gradients": "Working out the gradients changes {names}. A gradient says where to go; going there is the "
    "update's turn.",
    "other_output_kept": "What your network keeps as `{name}` is not what it gives out, and the way back begins with "
    "it. With what it gives out, all gradients are right.",
    "gradients_not_asked": "After your `backward_step` every gradient is zero. nnlib's {part} makes those of its "
    "parameters in `parameter_gradients(grad)`; `backward(grad)` hands the error down and no more. Call the one before "
    "the other.",
    "zeros": "Your gradient is all zeros: nothing would move. Is it ever filled?",
    "sign": "Your gradient is the right one times -1. Which way should it point when the output is too large?",
    "mean_missing_sign": "Your gradient is {m} times too large and has the wrong sign; your batch has {m} examples.",
    "half": "Your gradient is half of the right one. Is a 2 missing, from the derivative of a square?",
    "double": "Your gradient is twice the right one. Where does a 2 come in that should not be there?",
    "ratio": "All your numbers are the right ones times {ratio:.4g}: one factor is wrong, the rest is right.",
    "columns_equal": "All columns of your gradient are equal: every input would count the same. Over which axis do you "
    "average?",
    "bias_only": "Only your bias's gradient is wrong, those of the weights are right. What differs between the two?",
    "weights_only": "Only your weights' gradient is wrong, that of the bias is right. Which inputs do you multiply "
    "with?",
    "handed_down": "Your last layer's gradient is right, those below it are wrong: the mistake is in what a layer "
    "hands down. Two things stand on that way, the weights (or is it their gradient?) and the slope of the activation: "
    "is each in it, with the right numbers?",
    "loss_for_slope": "What you give as the gradient is what each answer costs. How much does the cost change when the "
    "output does, and which way?",
    "shortened": "Your gradient is as it should be but for its length, which is cut to {length:.3g}. A gradient says "
    "how steep it is; whoever wants shorter steps shortens the step. Where is it shortened?",
    "clipped": "Your gradient is cut off at {limit:.3g}: what is larger stands there as {limit:.3g}. A gradient says "
    "how steep it is; whoever wants shorter steps shortens the step. Where are they cut?",
    "output_rounded": "Your layer gives out numbers of {places} places: they are rounded. A loss that moves in jumps "
    "has no slope. Where do you round?",
    "parameter_per_example": "{name} has shape {shape}, a number for each of your {m} examples, and your gradient is "
    "that of one for all of them. What would it add to an example that is new?",
    "sum_of_weights": "What you give is a sum along an axis: {pairs}. The inputs are in that, and a bias is not "
    "multiplied by any. Of what is its gradient the sum?",
    "unknown": "Your gradient is wrong {where}, in a way that is none of the usual ones.",
    # layers
    "mean_in_loss_too": "Your loss divides its gradient by the {m} examples already, and this layer takes their mean "
    "again. Which of the two should?",
    "slope_there": "At z = {z:.3g} your slope is {mine:.3g}, and measured it is {slope:.3g}; {right_where}. Which "
    "formula holds there on the way up?",
    "inputs_overwritten": "On the way up this part writes its result into the array that came in, so z is gone; on the "
    "way back your slope takes that array for z. With z kept, all it hands down is right. Where should the result go?",
    "means_multiplied": "Your gradient of the weights is the mean error times the mean input, and what is wanted is "
    "the mean of the products. What does each example contribute by itself?",
    "own_output_for_input": "Your gradient of the weights multiplies with the layer's own output, z, where its inputs "
    "belong. What does a weight meet on the way up: what comes in, or what goes out?",
    "own_activation_for_input": "Your gradient of the weights multiplies with this block's own activation, where the "
    "layer's inputs belong. What does a weight meet on the way up: what comes in, or what goes out?",
    "units_for_examples": "Your gradient is divided by {units}, the number of units, where the number of examples, "
    "{m}, belongs. Which axis of your arrays counts the examples?",
    "features_for_examples": "Your gradient is divided by {features}, the number of rows that come in, where the "
    "number of examples, {m}, belongs. Which axis of your arrays counts the examples?",
    "other_count": "Your gradient is {ratio:.4g} times the right one, as if it were divided by {count} and not by the "
    "{m} examples. What do you divide by, and what if the last batch is smaller?",
    "weights_gradient_missing": "Your gradient of the weights is all zeros, so they can never move. Is it ever filled?",
    "last_example_left_out": "Your gradient counts all examples but the last. Where does your loop end?",
    "first_example_left_out": "Your gradient counts all examples but the first. Where does your loop begin?",
    "errors_alike": "What your layer hands down is the same in every column, for every example. A column is the error "
    "of one example: where are they mixed?",
    "mean_handed_down": "What your layer hands down is {m} times too small, and your batch has {m} examples: the mean "
    "is for parameters. How many examples does one column belong to?",
    "skip_missing": "On the way up your inputs go on beside this part as well, and on the way back what came that way "
    "is left out. How many ways lead from the inputs to the output?",
    "weights_skipped": "Your layer hands its own gradient down unchanged. Through what did the signal pass on its way "
    "up?",
    "l2_not_in_loss": "Your gradient of the weights has a term {share:.4g} times the weights, of which the loss knows "
    "nothing. Regularisation stands in both, or in neither: what is regularization_factor of the network for?",
    "summed_over_units": "Your gradient of the bias adds up over the units: one number for each example is left, and "
    "only because there are as many examples as units, {m}, it fits. Which axis counts the examples?",
    "l2_added_twice": "Your gradient of the weights has the L2 term in it already, {share:.4g} times the weights, and "
    "the network adds it once more: that is what regularization_factor is for. Which of the two should?",
    "l2_sign": "Your layer takes so much off the network's L2 term that its sign is turned: large weights raise the "
    "loss, and your gradient says that they lower it. Which sign has the slope of a square?",
    "slope_where_flat": "Your gradient is right but at {wrong} of {of} numbers, which have to be 0: nothing moves "
    "there. Where does the slope end?",
    "some_signs": "Each of your numbers has the right size, and {wrong} of {of} have the wrong sign. Where does a sign "
    "get lost?",
    "bias_inside": "On the way up your bias is added to the weights, before these meet the inputs, so it is multiplied "
    "by them. Your gradient is that of a bias that is added after them. Where does it belong?",
    "bias_subtracted": "On the way up your bias is subtracted; your gradient is that of a bias that is added. Which of "
    "the two do you want?",
    "inputs_averaged": "On the way up what your weights weigh is divided by the number of inputs; your gradient is "
    "that of their sum. Which of the two do you want?",
    "bias_twice": "On the way up your bias counts twice; your gradient is that of a bias that counts once. Which of "
    "the two do you want?",
    "bias_along_examples": "On the way up your bias runs along the examples, where each unit has one. It fits because "
    "there are as many examples as units, {m}. Which shape has a bias that is added to every column?",
    "not_used": "Whatever is done to these numbers, what your layer gives out stays as it is. Does it compute with "
    "them, or with others that it makes anew?",
    "transposed_forward": "On the way up your weights are transposed, on the way down they are used as if they were "
    "not; the layer is square, so nobody complains. Which axis of the weights counts the units?",
    # activations
    "value_for_slope": "You multiply by what came out of {bend}, where its slope belongs. How much does the output "
    "move when z does?",
    "value_left_of_zero": "Left of 0 you multiply by what came out of {bend}, where its slope belongs. How much does "
    "the output move there when z does?",
    "alpha_missing": "Below 0 your {bend} falls towards -alpha, and in your slope stands 1 where alpha belongs. What "
    "becomes of alpha when alpha (exp(z) - 1) is derived?",
    "product_half": "What {bend} gives out is a product, z times what moves with z too, and your slope has one of its "
    "two terms only. What moves when z does?",
    "leak_differs": "Below 0 your {bend} lets through {leak:.4g} of each number on the way up, and {other:.4g} of the "
    "error on the way back. Which of the two do you want?",
    "forward_of_another": "Your slope is that of {other}, and what came out on the way up is no {other}. Which of the "
    "two do you want?",
    "slope_half_written": "Your slope of {bend} is 1 - a, with a the output: something is missing. How steep is {bend} "
    "far out, on either side?",
    "slope_sign_inside": "Your slope of {bend} has a plus where a minus belongs. What should it be where the output is "
    "nearly 1?",
    "slope_of_another": "On the way up this is {bend}, on the way back you use the slope of {other}. Which of the two "
    "do you want?",
    "slope_twice": "Your error is multiplied by the slope of {bend} twice. Where is it counted already?",
    "slope_wrong_side": "Your slope lets through what {bend} held back, and holds back what it let through. For which "
    "z does its output move?",
    "mask_from_gradient": "You look at the sign of the gradient that arrives, where {bend} looked at the sign of z. "
    "Which numbers passed on the way up?",
    "divided_by_slope": "You divide by the slope of {bend}. What does the chain rule do with slopes?",
    "falls": "Your {bend} falls where it should rise: its output at z is the right one at -z. Which sign has the "
    "exponent?",
    "softmax_axis": "Your Softmax adds up over the wrong numbers: the {k} probabilities of one example make 1 "
    "together, each example for itself. Which axis counts the classes?",
    "softmax_cross_missing": "You treat Softmax as if one output moved alone. They make 1 together: what happens to "
    "the others when one z rises?",
    # dropout, batch normalisation
    "cut_ignored": "What goes up there is cut off at a bound, and on the way back every error passes, as if it were "
    "not. Beyond the bound, how much does what goes out move when what comes in does?",
    "mask_missing": "On the way back your Dropout lets every error through. Which numbers reached the loss at all?",
    "mask_unscaled": "On the way back your Dropout forgets that the numbers it kept were enlarged. By what was each "
    "multiplied on the way up?",
    "mask_inverted": "On the way back your Dropout lets through what it dropped. Which numbers reached the loss?",
    "mask_redrawn": "On the way back your part draws new random numbers. Which were dropped on the way up?",
    "dropout_scaled_twice": "Your Dropout makes up twice for what it drops: in training and in predicting. What does a "
    "unit downstream receive on average in the two?",
    "dropout_exchanged": "Your part keeps {kept:.0%} of the numbers and makes them {scale:.3g} times as large, which "
    "would be right if {left:.0%} were kept. What is kept and what is dropped: are they in each other's place?",
    "dropout_scale": "Your part keeps {kept:.0%} of the numbers, each {scale:.3g} times as large: downstream arrives "
    "{share:.3g} of what came in, on average, and when predicting {usual:.3g} of it. Should the two not be equal?",
    "running_values_stuck": "However many batches your part has seen, it predicts as before the first: the mean and "
    "the variance that it uses then are never updated. When should they be?",
    "scale_when_predicting": "When predicting, your part leaves out `{gamma}` and `{beta}`: with them it would give "
    "what it gives in training. With which numbers have the layers above learned?",
    "running_values_wrong": "Your part has seen the same batch again and again, and what it predicts for it is "
    "something else than what it gave out in training. Which mean and which variance does it keep?",
    "statistics_constant": "You treat mean and variance as constants. What becomes of them when one input "
    "moves?",
    "mean_term_missing": "Your normalisation forgets that the mean moves with each input.",
    "variance_term_missing": "Your normalisation forgets that the variance moves with each input.",
    "deviation_missing": "What you hand down is as if nothing had been divided on the way up. What becomes of the "
    "deviation?",
    "gamma_missing": "Your normalisation hands down an error that has not passed gamma. What did the normalised "
    "numbers meet on the way up?",
    "raw_inputs_for_normalised": "Your gradient of gamma pairs with the inputs as they came. What did gamma meet on "
    "the way up?",
    "batch_when_predicting": "When predicting, the answer for one example depends on which others are asked with it. "
    "What is to be used in place of the batch's mean and variance then?",
    "mode_unasked": "To predict, a network of nnlib asks the `predict` of a part; this one has none, and its `{name}` "
    "stays as it is. What should it give there?",
    "predict_nothing": "Your `predict` gives nothing back. Is its `return` missing?",
    "predict_learns": "Each time that it is asked your `predict` moves {names}. What may change when a network is only "
    "asked?",
    "predict_remembers": "Whatever it is asked, your `predict` gives the same answers, one for each example. Which "
    "inputs go up in it: those it is given, or some that are kept?",
    "array_unheard": "What your network gives out hangs on {names}, and what your `predict` says does not. Which step "
    "of the way up is not in it?",
    "piece_left_out": "Your `predict` gives what your network would give without {what} in the {where}. Which step "
    "of the way up is not in it?",
    "one_answer": "Whatever it is asked, your `predict` says {answer:g}, and your network gives out anything from "
    "{low:.2g} to {high:.2g}. What makes an output a yes, and what a no?",
    "one_answer_of": "Whatever it is asked, your `predict` says {answer:g}, and it is not always the same of your {k} "
    "outputs that is the largest. Along which axis do the outputs of one example stand?",
    "score_alone": "Your `{name}` is the same whatever the labels are. With what does it compare the answers?",
    "score_of_pairs": "Your `{name}` is the share of {pairs} comparisons for {m} examples: each answer meets each "
    "label, as a row meets a column. Which shape should the two have?",
    "answers_cut": "Your `predict` cuts what your network gives out down to a whole number, so 0.99 becomes 0. How "
    "does one get the nearest?",
    "answers_turned": "Your `predict` says 1 where your network gives out less than a half, and 0 where it gives out "
    "more. For which label does your loss want it large?",
    "smallest_for_largest": "Your `predict` takes the smallest of the {k} outputs of an example. Which one is to win?",
    "largest_of_all": "For {m} examples your `predict` gives one number: where the largest of all {k} times {m} "
    "outputs stands. Along which axis do the outputs of one example stand?",
    "no_lower": "Your gradients are right, and {count} ways back of your `{name}` take the loss from {first:.3g} to "
    "{last:.3g}; as many plain steps, {rate:g} times the gradient of all examples, take it to {low:.3g}. What happens "
    "to a gradient between the way back and the parameters?",
    "loop_moves_nothing": "While your `{name}` goes back {count} times and calls `update` {updates} times, every "
    "parameter stays where it was. Whose parameters does a step move, and when is it made?",
    "begins_small": "Your first weights are about {size:.1g} large, and in {count} steps the loss goes from "
    "{first:.6g} to {last:.6g}. With weights {share:g} times as large the same steps bring it to {low:.3g}. How "
    "large should first weights be?",
    "steps_too_short": "Your gradients are right, and your steps too short: with your rate{rate} the loss goes from "
    "{first:.6g} to {last:.6g} in {count} of them; with steps {share:g} times as long it falls to {low:.3g}. What "
    "makes them short: the rate, or something that the gradient meets on the way?",
    "cuts_all": "Your step cuts each number of the gradient that is larger than {limit:.3g}, and of yours {cut} of "
    "{of} are: in {count} steps the loss goes from {first:.3g} to {last:.3g}; with steps {share:g} times as long it "
    "falls to {low:.3g}. How large are your gradients, and which of them should a bound meet?",
    "begins_large": "Your loss, or its slope, is no number at your first weights, which are about {size:.2g} large; "
    "with weights {share:g} times as small all is right. What becomes of a large z in your last activation, and how "
    "large should first weights be?",
    "labels_beyond": "Your labels go from {low:g} to {high:g}, and for the label {label:g} your loss has no least "
    "value: the nearer an output comes to {end}, the further it falls below zero. Which labels does such a loss ask "
    "for?",
    "squashed_twice": "Whatever your parameters are, your network gives out numbers from 0 to 1, and your loss "
    "squashes what it gets once more: if every answer were right, it would be {best:.3g}. Which of the two is to "
    "squash, the network or the loss?",
    "rate_gone": "In {count} updates of your `{name}` the rate `{rate}` falls from {first:.3g} to {last:.3g}. How far "
    "do the steps after that still go?",
    "outputs_beyond": "Your loss is no number for what your network gives out, from {low:.3g} to {high:.3g}; cut to "
    "between 0 and 1 it has one. What can your last activation give out, and of what does your loss take a logarithm?",
    "gradients_zero": "Of the {count} ways back of your `{name}` each leaves gradients that are all zero, and with the "
    "labels that it was given they are not. With which labels does it go back?",
    "largest_for_its_place": "Your `predict` gives the largest of the {k} outputs of an example, and not which of them "
    "that is. Is it asked for a number, or for a class?",
    "place_after": "Your `predict` gives the place of the largest output plus 1, so {k} where no class has that "
    "number: yours begin with 0. With which place does Python begin?",
    "first_alone": "For {m} examples your `predict` gives the answer to the first alone. What becomes of the others?",
    "cut_elsewhere": "Your `predict` says yes beyond {cut:g}, and by your loss an output of {even:g} is as near to "
    "label {no:g} as to {yes:g}. Where does a yes begin?",
    "inputs_scaled_alone": "Your `predict` sends the examples up scaled, and your `{name}` as they come. Which numbers "
    "has your network learned from?",
    "scales_differ": "Your `{name}` and your `predict` scale the examples in two ways: a feature times {learned:.4g} "
    "and {learned_move:+.4g} in the one, times {asked:.4g} and {asked_move:+.4g} in the other. Whose mean and spread "
    "should both take?",
    "dropout_idle": "With {names} half as large your `{name}` ends with the very same parameters, to the last digit: "
    "nothing is left out by chance while it learns. Where should it act, and is it told that it trains?",
    "order_lost": "Your loss is the same in whatever order the {n} labels stand: which of them belongs to which output "
    "has no say. Which shape have the two, and what becomes of a column that meets a row?",
    "label_costs_nothing": "Your loss is the same whatever your network gives out for the {count} of {of} labels that "
    "are {label:g}; only those that are {other:g} count. What should an answer cost there?",
    "inputs_large": "Your inputs go up to {size:.4g}, and {count} of your steps end with a loss of {last:.3g}, where "
    "equal answers have {equal:.3g}; with the inputs divided by {size:.4g} the same steps come to {low:.3g}. How large "
    "should inputs be?",
    "largest_of_yes": "Your `predict` asks which of the {k} outputs is the first beyond a half: where none is, it says "
    "0. Which is the largest, whether it is beyond or not?",
    "largest_of_examples": "For {m} examples your `predict` gives {k} numbers: of each output, the example where it is "
    "largest. Along which axis do the outputs of one example stand?",
    # losses
    "loss_summed": "Your loss is a sum over the {m} examples, its gradient that of a mean. Which of the two do you "
    "want?",
    "loss_below_zero": "Your gradient is the slope of your loss times -1, and your loss is below zero: {loss:.4g}. Has "
    "your loss lost the minus before its logarithm, or has your gradient one too many?",
    "loss_sign": "Your loss is the known one times -1: it falls when the network gets worse. Which sign stands before "
    "the logarithm?",
    "log_base": "Your loss is {share:.4g} times the known one: its logarithm has another base than its gradient says. "
    "Which log is the derivative 1/a for?",
    "loss_factor": "Your loss is {share:.4g} times {known}, and its gradient is that of {known} itself. Which of the "
    "two has the factor you mean?",
    "loss_of_another": "Your gradient is that of {other}, and your loss computes something else: here it is "
    "{mine:.4g}, where {other} is {its:.4g}. Which of the two do you want?",
    "gradient_of_another_loss": "Your loss is {known}, and its gradient is that of {other}. Which of the two do you "
    "want?",
    "loss_term_missing": "Your loss has one of its two terms only, and costs nothing where the label is 0; your "
    "gradient is that of both. What does an output of 0.9 cost whose label is 0?",
    "term_missing": "Your loss's gradient has one of its two terms only. What do the examples with label 0 say, and "
    "those with label 1?",
    "sign_inside": "One of the two terms of your loss's gradient has the wrong sign. Which way should an output move "
    "whose label is 0?",
    "labels_for_output": "Your loss's gradient has output and labels in each other's place. Which comes first?",
    # steps, optimisers, beginnings
    "update_in_backward": "Your parameters move during the way back, before the update's turn; what is handed down "
    "afterwards goes through weights that were not there on the way up. When should weights move?",
    "update_in_forward": "Your parameters change on the way up. When should weights move?",
    "examples_remembered": "Your gradient is right for a batch as large as the first one, and wrong for another size: "
    "here it is divided by {count}, and the batch has {m} examples. When do you look how many there are?",
    "remembers": "Your gradient depends on the batch before: a new network gives another one for the same numbers. "
    "What does this part keep too long?",
    "step_uphill": "Your step goes the way the gradient points. Does the loss rise or fall there?",
    "parameters_rounded": "After your update all parameters are numbers of {places} places: they are rounded, and what "
    "is smaller is lost. Where do you round?",
    "rate_zero": "Your learning rate is 0, so no step moves anything. How is it worked out?",
    "zeroed_first": "After your update all gradients are zero and every parameter is where it was. Which comes first: "
    "the step, or setting gradients to zero?",
    "nothing_moves": "After your update every parameter is where it was. Does your step reach the network's own array, "
    "or a new one?",
    "steps_twice": "One update moves your parameters {count} times as far as one step of your optimiser. How often "
    "does it step?",
    "moves_elsewhere": "Your update takes {names} against the gradient there in some places and along it in others. "
    "Which gradient does it use?",
    "never_moves": "Your update does not move {names}, and the gradient there is not zero. Does it reach all arrays?",
    "array_uphill": "Your update takes {names} the way its gradient points, and the rest against it. Does the loss "
    "rise or fall there?",
    "step_multiplied": "Your step is {count} times the learning rate times the gradient. Where does the {count} come "
    "from?",
    "rate_vanishes": "Along one and the same gradient each of your steps is {share:.3g} times as long as the one "
    "before: soon nothing moves any more. When is a learning rate to fall, and by how much?",
    "rate_falls_within": "Within one update your rate changes from array to array: the first moves by {one:.4g} times "
    "its gradient, the last by {other:.4g} times. How often should the rate fall in a step, and where is that line?",
    "rate_falls_faster": "Along one and the same gradient your steps shrink faster and faster: the last of {count} is "
    "{share:.2g} times as long as the first. Is a rate that has fallen already divided once more?",
    "step_divided": "Your update divides the step of {names} by the number of {of}, and that of the other arrays not. "
    "The gradient is a mean already. What is divided there?",
    "step_averaged": "Your update divides the step by the {m} examples, and the gradient is their mean already. Which "
    "of the two should?",
    "learning_rate_missing": "Your step is as long as the gradient: the learning rate never meets it.",
    "memory_shared": "What your optimiser remembers as `{one}` and as `{other}` is one and the same object: whatever "
    "moves one moves the other. With one for each, your steps are as they should be. Where do the two begin?",
    "one_for_all": "Your update moves all numbers of an array by the same, though their gradients differ. How many "
    "gradients does an array have, and how many does your step take?",
    "memories_mixed": "What your update does to {names} follows the gradient of another array: what is remembered of "
    "one is taken for the other. By what does your optimiser know whose memory is whose?",
    "gradients_kept": "What your optimiser remembers is the array of gradients itself, and no copy of it: each batch "
    "writes its own gradient over it. With what does a memory begin that is yours alone?",
    "velocity_forgotten": "Your momentum has none: every step goes along its own gradient alone, as if it were the "
    "first. What is kept from step to step, and does the step take it?",
    "step_line": "Your steps are those of no rule that is known. {says} With that mended, they are those of {rule}.",
    "arrays_apart": "With one and the same gradient in all arrays, these do not move as the others do, step for step. "
    "{says} With that mended, all move alike.",
    "another_rule": "By its name your optimiser has {rule}. Its steps are {now}, to the last digit. Which value of "
    "which step does its formula want?",
    "another_rule_line": "By its name your optimiser has {rule}. Its steps are {now}, to the last digit. {says} With "
    "that mended, they are those of {rule}.",
    "bound_lengthens": "Your step of a gradient that is {length:.2g} long, and `{name}` is {bound:g}, is not the one "
    "without a bound. Which gradients are to be shortened, and which stay as they are?",
    "bound_missed": "A gradient far longer than `{name}`, which is {bound:g}, does not step as one that long does. "
    "By what is it divided, and what is it multiplied by?",
    "decay_coupled": "Your decay goes through the mean and the root, as a gradient does: parameters twice as large "
    "shrink by no more than others. AdamW takes it off the parameters by itself.",
    "step_not_finite": "Along a gradient of ordinary numbers your step moves {lost} of {of} parameters to no finite "
    "number. What is divided by zero, or what negative number has its root taken?",
    "share_swapped": "What is kept of the old mean and what comes in of the new have each other's share. How much of "
    "the old should stay?",
    "share_missing": "A running mean takes in the whole of what is new, and so grows. With which share does the new "
    "come in, if that of the old is decay?",
    "velocity_late": "Your first step moves nothing, and each later one takes the velocity of the step before. Which "
    "of the two comes first: the velocity, or the step?",
    "mask_stays": "This part drops the same numbers in every batch: its random numbers begin anew with each call. "
    "Where is the generator made?",
    "decay_grows": "Where all gradients are zero your step makes parameters larger. What should decay do to them?",
    "squares_forgotten": "You keep the squares of the last gradient alone, so every step is equally long, whatever "
    "the gradient. What should add up from step to step?",
    "nesterov_sign": "Your velocity is taken off the gradient again in the step. Which way does a ball roll on?",
    "square_of_mean": "Your mean square is one of the running mean, not of the gradients themselves. What is squared "
    "first?",
    "epsilon_outside": "The small number is added to the step itself, so it moves where no gradient is. What should it "
    "keep from being divided by zero?",
    "moments_exchanged": "The mean and the mean square are in each other's place. Which of the two says where to go, "
    "and the root of which says how far?",
    "adam_power_missing": "The correction for the start multiplies beta by t. How much of the start is left after t "
    "steps, if beta of it stays in each?",
    "corrections_exchanged": "The correction for the start takes another beta than the mean was made with. Which one "
    "belongs to which of the two?",
    "momentum_on_gradient": "Your momentum weakens the gradient and keeps all of the old velocity, which so never dies "
    "away. Which of the two does it belong to?",
    "momentum_on_both": "Your momentum weakens the gradient as well as the old velocity. What belongs inside the "
    "bracket that it multiplies?",
    "last_gradient_for_velocity": "Your step remembers the last gradient alone; what was before it is gone. What is to "
    "be kept for the next step: the gradient, or the whole step?",
    "one_sided": "Were all gradients turned round, {share:.0%} of your steps would not be. What happens to gradients "
    "of one sign that does not happen to the others?",
    "mean_kept_whole": "Your running mean keeps all of the old, so it grows and grows. What is the old multiplied by?",
    "rate_rises": "Your learning rate rises from step to step: after {count} steps it is {times:.3g} times what it was "
    "given as. Which way is it to go, and what should the number of steps do to it?",
    "first_steps_still": "Your first {count} steps move nothing, though no gradient is zero, and the later ones do. "
    "What makes the learning rate 0 there?",
    "share_of_another": "What is kept of a running mean and what comes in of the new do not make 1 together: the share "
    "of the new belongs to the other beta. Which 1 - beta goes with which beta?",
    "adam_counter_stays": "Your counter of steps goes no further than {count}. Which t does the third step need, and "
    "where is it kept?",
    "rate_in_some": "With twice the learning rate some of your steps are {share:.3g} times as long: it comes in more "
    "than once. Is it in what you keep, and in the step as well?",
    "rate_cancels": "Your step reads `{name}`, and with twice of it all steps are the same: it is divided out again, "
    "or does not get into the step. Where does it meet the gradient last?",
    "rate_not_at_first": "With twice the learning rate your first step is as long as before, and the later ones are "
    "not. What is kept at the first one: a gradient, or a step?",
    "gradients_unused": "Your `{name}` goes back several times before it updates, and all but the last way back leave "
    "no trace: without them the parameters come out the same. Which line belongs inside the loop?",
    "predict_unscaled": "Your `{name}` sends the examples up scaled, and `predict` as they come. Which numbers has "
    "your network learned from?",
    "pairs_torn": "Your `{name}` goes back with the labels of other examples than those that went up: what it does to "
    "the order of the one it does not do to the other. What keeps an example and its label together?",
    "update_before_back": "Your `{name}` updates between the way up and the way back: the step takes the gradient of "
    "the round before, and the way back goes through other weights than the way up. In which order do the phases come?",
    "steps_again": "Your `{name}` updates twice with one gradient. How often should a batch move the weights?",
    "way_up_forgotten": "Your `{name}` goes back a second time after an update, and has not gone up since: what is "
    "kept is of the old weights. Which line belongs inside the loop?",
    "momentum_swapped": "Momentum and 1 - momentum are in each other's place. How much of the old should stay?",
    "old_gone": "Your update makes {names} of the step alone: what stood there before is gone. From what is a step "
    "taken off?",
    "velocity_turned": "Your velocity turns round at each step: what is kept of it comes with a minus. Which way "
    "should it go on?",
    "velocity_kept_whole": "Your velocity never dies away: all of it is kept. What is multiplied by momentum?",
    "adam_uncorrected": "Your first steps are too short or too long: mean and mean square begin at 0, and nothing "
    "makes up for it.",
    "adam_one_corrected": "Only one of the two running means is corrected for having begun at 0. What of the other?",
    "adam_counter_stuck": "Your counter of steps is always {count}. Which t does the second step need?",
    "adam_counter_of_rounds": "In your `{name}` your `{t}` stays the same for {count} updates on end, and your update "
    "corrects with it. What is it to count: rounds, or steps?",
    "adam_counter_anew": "In your `{name}` your `{t}` goes back to {count}, and your update, which corrects with it, "
    "still remembers the steps before. What is it to count: the steps of one round, or all of them?",
    "labels_moved": "Your `{name}` goes back with labels that are {by:+g} from those it was given, so that class "
    "{least:g} becomes {other:g}, which Python counts from behind. With which number do your classes begin?",
    "bent_twice": "Your `{method}` sends through {bend} what your network gives out, and that has been through it once "
    "already. What is the number that comes out then, for the largest z there is?",
    "adam_counter_off": "Your counter of steps begins at {count}. Which t does the first step have?",
    "adam_keeps_corrected": "The corrected means are kept for the next step, so each is corrected again and again. "
    "Which ones should be remembered?",
    "root_missing": "You divide by the mean square itself. What has the size of a gradient: its square, or the root of "
    "that?",
    "square_missing": "Your mean square holds no squares. What is it a mean of?",
    "betas_swapped": "A running mean is made with the other one's beta. Which of the two should be the longer one?",
    "update_differs": "One update moves the parameters elsewhere than your optimiser's own step. What does update do "
    "besides?",
    "units_equal": "All {units} units of this layer are the same, and so are the weights that lead on from them: they "
    "get the same gradient and stay the same for ever, so they are worth one. What should tell them apart at the "
    "start?",
    "batches_overlap": "Each batch of your `{name}` begins one example after the one before: in two rounds {unseen} of "
    "your {of} examples do not come. Where does batch number i begin?",
    "same_batch": "In a round of your `{name}` all {count} steps are taken with the same {size} of your {of} examples. "
    "Where does the next batch begin?",
    "last_batch_left_out": "Your `{name}` goes up with whole batches of {size} alone: what is left of your {of} "
    "examples, here {unseen}, fills none, and in each round it is the same ones. Where does the last batch end?",
    "batch_empty": "Your `{name}` goes up with a batch of no examples. From where to where does each batch reach?",
    "ends_at_once": "In your `{name}` a `break` ends the loop `{line}` in its first round, whatever comes. How many "
    "batches has a round?",
    "up_otherwise": "Your `{name}` goes up with {with}, and of what comes out then your way back does not give the "
    "slopes. In which mode does your network learn?",
    "best_not_kept": "Your `{name}` comes back to parameters that it has kept, and what it kept has moved on with the "
    "others: in your line `{line}` both names mean the same arrays. What makes arrays of their own?",
    "memory_begins_anew": "In your `{name}` what your update remembers as `{memory}` is all zeros each time that the "
    "update begins. When should it be set to zero?",
    "answers_decided": "Your `predict` answers with {answers} alone, and your labels have {labels} values. Is it asked "
    "for a class, or for a number?",
    "one_round": "Your `{name}` makes as many steps in two rounds as in one. What is left for the second round, and "
    "does it get as far?",
    "best_begins_low": "In your `{name}` `{name_of_it}` begins at 0, and it makes as many steps in two rounds as in "
    "one; if it begins at infinity, it goes on. What is lower than the best loss so far, in the first round?",
    "begins_anew": "Your `{name}` makes parameters anew in each round: whichever way the first one goes, the second "
    "begins with the same ones, so what it has learned is gone. What is done once, and what in each round?",
    "best_never_back": "Your `{name}` keeps parameters as `{name_of_it}`, and no line of it reads that again: it ends "
    "with the last ones. When do the best come back?",
    "steps_within": "In your `{name}` an update takes along gradients that updates before it have taken already: they "
    "are added up, and each sum is stepped along. Where does a step belong, inside that loop or behind it?",
    "batch_of_all": "Your `{name}` divides the gradients of {count} examples by the number of all, {of}: its steps are "
    "too short by that. How many examples are in one step?",
    "worst_kept": "Where the loss falls, your `{name}` comes back to earlier parameters, and where it rises it stays "
    "with the last. Which loss is the better one?",
    "mode_stays": "Once your network has predicted, it draws no random numbers any more, in training either. Where is "
    "it told that it trains again?",
    "answers_unscaled": "Your `{name}` learns labels that it has scaled, and `predict` gives out what comes{as}, which "
    "does not undo it. On which scale is the answer?",
    "weights_whole": "{names}: these weights are whole numbers, after your update too: what stands behind the point of "
    "a step is lost. Which dtype should they begin with?",
    "steps_too_long": "Your gradients are right, and your steps are too long: with your rate{rate} the loss goes from "
    "{first:.3g} to {last:.3g} in {count} of them; with steps {share:,.0f} times as short it falls to {low:.3g}. How "
    "far may a step go?",
    "out_of_reach": "Whatever your parameters are, nothing that your network gives out is {side} {bound:.3g}, and "
    "{beyond} of your {of} labels are. What can your last activation give out, and what should it?",
    "cut_on_the_way": "Your network gives out the same whatever you put into {names}: on the way up `{name}` holds "
    "whole numbers, and what stands behind the point is cut off. Which dtype has the array that is filled there?",
    "decay_twice": "Your loss has an L2 term, {share:.3g} / 2 times the squares of {names}, so your gradient holds it; "
    "and your update takes {share:.3g} times the same weights off once more. Where should they shrink?",
    "units_silent": "All {units} units of this layer give out 0 for every example: z is never above 0, so no gradient "
    "gets through. Which weights and which bias would let some z rise?",
    "saturated": "{share:.0%} of the slopes here are less than a thousandth of what they can be: z is {size:.3g} on "
    "average, far out to both sides. So almost no gradient gets through, and all answers are poor still. How large are "
    "inputs and weights at the start?",
    # forward and the network's own class
    "float32": "This part computes in float32, so its gradients can be measured to two digits only; even so they are "
    "wrong. Let it keep the dtype that comes in, and ask again.",
    "slopes_below_missing": "Your way back multiplies the last block's error alone by the slope of its activation. "
    "What did the signal go through in the blocks below?",
    "slope_of_neighbour": "Your way back multiplies each block's error by the slope of the activation above it. Which "
    "activation did z of this block go through?",
    "order": "Your way back goes through the blocks in the order of the way up. Which one comes first on the way back?",
    "last_slope_missing": "Your way back leaves out the slope of the last activation.",
    "way_up_differs": "Your network gives out something else than its parts do one after the other; what it gives out "
    "is {what}. Does every part have its turn on the way up?",
    "shared_part": "{places} share one {part} object. What it keeps on the way up is what the last of them put "
    "there, and the way back needs what each of them did. With one for each block, all is right.",
    "backward_step": "All parts are right one by one, and the gradients are wrong: the mistake is in your network's "
    "own way back.",
    "penalty": "The parts are right, and the gradient of the weights has another L2 or L1 term than the loss: "
    "{share:.4g} times the weights, where λ/m is {wanted:.4g}.",
}  # fmt: skip


def the_arrays(names, mark="`"):
    """What arrays are called in a sentence: by their names, or by their places in a list."""
    names = list(dict.fromkeys(map(str, names)))
    if names and all(map(str.isdigit, names)):
        return f"array{'s' * (len(names) > 1)} {' and '.join(names)} of your list"
    return " and ".join(f"{mark}{name}{mark}" for name in names)


def sentence(kind, facts):
    """What is said of a mistake, with the numbers filled in."""
    text = SENTENCES.get(kind) or MUTANTS[kind].hint
    return text.format(**facts)
